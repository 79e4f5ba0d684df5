package io.sluice.ingress.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.sluice.run.seal.Sealer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** An integration with its endpoint, deployed by the feed; each has an own tenant. */
public final class TestEndpoint {

    /** A flow that succeeds at once. */
    public static final String FLOW = """
            {"document": {"dsl": "1.0.3", "namespace": "tests", "name": "done", "version": "1.0.0"},
             "evaluate": {"language": "jsonata"},
             "do": [{"done": {"set": {"ok": true}}}]}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final UUID integrationId = UUID.randomUUID();
    private final String tenant = "t-" + UUID.randomUUID();
    private final ObjectNode item = JSON.createObjectNode();
    private String token = freshToken();

    private TestEndpoint(String scheme) {
        item.put("integrationId", integrationId.toString());
        item.put("tenant", tenant);
        item.put("deleted", false);
        item.put("name", "Tested");
        item.putObject("flow").put("template", "tests/done:1.0.0").put("digest", "done");
        item.putObject("params");
        item.putObject("connections");
        item.putArray("schedules");
        ObjectNode webhook = item.putObject("webhook");
        webhook.put("enabled", true);
        webhook.putObject("verification").put("scheme", scheme);
        webhook.putArray("secrets");
        webhook.putArray("methods").add("POST");
        webhook.put("maxBodyBytes", 1_048_576);
        webhook.putArray("tokens").addObject().put("sha256", sha256(token));
    }

    /** Verifies by a scheme with these secrets; not deployed yet. */
    public static TestEndpoint of(String scheme, String... secrets) {
        TestEndpoint endpoint = new TestEndpoint(scheme);
        for (String secret : secrets) {
            endpoint.withSealed(
                    endpoint.integrationId, endpoint.sealed("{\"secret\":\"" + secret + "\"}", endpoint.integrationId));
        }
        return endpoint;
    }

    /** Takes every call. */
    public static TestEndpoint open() {
        return of("none").deploy();
    }

    public TestEndpoint with(String setting, String value) {
        verification().put(setting, value);
        return this;
    }

    public TestEndpoint withTolerance(int seconds) {
        verification().put("toleranceSeconds", seconds);
        return this;
    }

    public TestEndpoint withSealed(UUID context, String sealed) {
        ((ArrayNode) webhook().path("secrets"))
                .addObject()
                .put("context", context.toString())
                .put("sealed", sealed);
        return this;
    }

    public TestEndpoint withMethods(String... methods) {
        ArrayNode array = webhook().putArray("methods");
        for (String method : methods) {
            array.add(method);
        }
        return this;
    }

    public TestEndpoint withMaxBody(int bytes) {
        webhook().put("maxBodyBytes", bytes);
        return this;
    }

    /** @param json which calls it takes and what it answers */
    public TestEndpoint withIntake(String json) {
        try {
            webhook().set("intake", JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
        return this;
    }

    public TestEndpoint enabled(boolean enabled) {
        webhook().put("enabled", enabled);
        return this;
    }

    public TestEndpoint withFlow(String digest) {
        ((ObjectNode) item.path("flow")).put("digest", digest);
        return this;
    }

    /** A field that only a newer version knows. */
    public TestEndpoint withUnknownField() {
        webhook().put("fromTheFuture", true);
        return this;
    }

    /** A new URL; the old one works for a while, or no more. */
    public String rotated(Duration overlap) {
        String old = token;
        token = freshToken();
        ArrayNode tokens = webhook().putArray("tokens");
        tokens.addObject().put("sha256", sha256(token));
        if (!overlap.isZero()) {
            tokens.addObject()
                    .put("sha256", sha256(old))
                    .put("until", Instant.now().plus(overlap).toString());
        }
        deploy();
        return old;
    }

    public TestEndpoint deleted() {
        ObjectNode tombstone = JSON.createObjectNode();
        tombstone
                .put("integrationId", integrationId.toString())
                .put("tenant", tenant)
                .put("deleted", true);
        deploy(tombstone);
        return this;
    }

    /** Puts it in force, and waits until it is. */
    public TestEndpoint deploy() {
        keepFlow("done", FLOW);
        deploy(item);
        return this;
    }

    public static void keepFlow(String digest, String document) {
        stub("PUT", "/test/flows/" + digest, document);
    }

    private static void deploy(ObjectNode item) {
        long revision = Long.parseLong(stub("POST", "/test/deployments", item.toString()));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(Long.parseLong(stub("GET", "/test/in-force", "")))
                        .isGreaterThanOrEqualTo(revision));
    }

    public UUID integrationId() {
        return integrationId;
    }

    public String tenant() {
        return tenant;
    }

    public String token() {
        return token;
    }

    public long runs() {
        return Database.count(
                "select count(*) from (select integration_id from open_run union all select integration_id from run) r"
                        + " where integration_id = ?",
                integrationId);
    }

    /** A part of a run's event as JSON text. */
    public String event(UUID runId, String path) {
        return Database.text(
                "select (event #> ?::text[])::text from (select id, event from open_run union all select id, event from run) r"
                        + " where id = ?",
                path,
                runId);
    }

    public String sealed(String text, UUID context) {
        return Sealer.of(ConfigProvider.getConfig().getValue("test.keys.public", String.class))
                .seal(text, tenant, context);
    }

    /** Posts JSON. */
    public Answer post(String body, String... headers) {
        return call("POST", token, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param headers names and values in turn; a name may come several times */
    public static Answer call(String method, String pathAndQuery, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/webhook/" + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (!typed && body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode webhook() {
        return (ObjectNode) item.path("webhook");
    }

    private ObjectNode verification() {
        return (ObjectNode) webhook().path("verification");
    }

    private static String stub(String method, String path, String body) {
        String base = ConfigProvider.getConfig().getValue("sluice.integrations.url", String.class);
        var request = RestAssured.given().baseUri(base).port(URI.create(base).getPort());
        return (body.isEmpty() ? request : request.body(body.getBytes(StandardCharsets.UTF_8)))
                .request(method, path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String freshToken() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
