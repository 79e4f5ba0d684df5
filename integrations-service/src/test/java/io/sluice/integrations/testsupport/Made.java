package io.sluice.integrations.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Something that was made through the API: its id, version and content. */
public record Made(String id, String etag, JsonPath json) {

    public static Made of(Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        JsonPath json = answer.jsonPath();
        return new Made(json.getString("id"), answer.header("ETag"), json);
    }

    /** Of the template that passes calls on. */
    public static Made byWebhook(Person person, String name) {
        return integration(person, "library/webhook-to-http", name, Map.of("url", "https://example.org/in"), Map.of());
    }

    /** Of the template that polls. */
    public static Made bySchedule(Person person, String name) {
        return integration(
                person,
                "library/poll-to-http",
                name,
                Map.of("source", "https://example.org/out", "url", "https://example.org/in"),
                Map.of());
    }

    /** Of the template whose calls are signed, with a connection to the shop. */
    public static Made signed(Person person, String name, String shop) {
        return integration(
                person,
                "library/inventory-sync-webhook",
                name,
                Map.of("shopUrl", "https://shop.example.org"),
                Map.of("shop", shop));
    }

    public static Made integration(
            Person person,
            String template,
            String name,
            Map<String, Object> configuration,
            Map<String, String> connections) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("template", template);
        wanted.put("name", name);
        wanted.put("categories", List.of("Tests"));
        wanted.put("configuration", configuration);
        wanted.put("connections", connections);
        return of(person.call().body(wanted).post("/api/v1/integrations"), 201);
    }

    public static Made shop(Person person, String name, String password) {
        return of(
                person.call()
                        .body(Map.of(
                                "name",
                                name,
                                "kind",
                                "basic",
                                "settings",
                                Map.of("username", "ck_1"),
                                "secrets",
                                Map.of("password", password)))
                        .post("/api/v1/connections"),
                201);
    }

    public static Made webhookSecret(Person person, String name, String secret) {
        return of(
                person.call()
                        .body(Map.of("name", name, "kind", "webhook-secret", "secrets", Map.of("secret", secret)))
                        .post("/api/v1/connections"),
                201);
    }

    public String path() {
        return "/api/v1/integrations/" + id;
    }
}
