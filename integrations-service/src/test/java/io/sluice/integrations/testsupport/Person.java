package io.sluice.integrations.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who calls, with a token as Keycloak makes it. */
public record Person(String name, List<String> tenants, Set<String> roles, String audience, String client) {

    /** Of the realm's default; what the stand-in's discovery document goes with. */
    private static final String ISSUER = "https://server.example.com";

    /** A tenant that no other test uses. */
    public static String freshTenant() {
        return "t-" + UUID.randomUUID();
    }

    public static Person viewer(String tenant) {
        return user("victor", tenant, Set.of("viewer"));
    }

    public static Person editor(String tenant) {
        return user("alice", tenant, Set.of("viewer", "editor"));
    }

    public static Person admin(String tenant) {
        return user("adam", tenant, Set.of("viewer", "editor", "admin"));
    }

    public static Person service(String client) {
        return new Person(client, List.of(), Set.of("service"), "sluice-internal", client);
    }

    private static Person user(String name, String tenant, Set<String> roles) {
        return new Person(name, List.of(tenant), roles, "sluice-api", "sluice-cli");
    }

    public String tenant() {
        return tenants.getFirst();
    }

    public Person withTenants(String... others) {
        return new Person(name, List.of(others), roles, audience, client);
    }

    public Person withAudience(String other) {
        return new Person(name, tenants, roles, other, client);
    }

    public Person withRoles(String... others) {
        return new Person(name, tenants, Set.of(others), audience, client);
    }

    public String token() {
        return Jwt.preferredUserName(name)
                .subject(name)
                .issuer(ISSUER)
                .audience(audience)
                .claim("tenant", tenants)
                .claim("azp", client)
                .claim("realm_access", Map.of("roles", List.copyOf(roles)))
                .expiresIn(Duration.ofMinutes(10))
                .jws()
                .keyId("1")
                .sign("privateKey.jwk");
    }

    /** A call as this person, with JSON. */
    public RequestSpecification call() {
        return given().auth().oauth2(token()).contentType(ContentType.JSON);
    }

    /** A page's form as this person sends it. */
    public RequestSpecification form() {
        return given().auth()
                .oauth2(token())
                .contentType("application/x-www-form-urlencoded; charset=utf-8")
                .redirects()
                .follow(false);
    }

    /** A write based on a version. */
    public RequestSpecification call(String etag) {
        return call().header("If-Match", etag);
    }
}
