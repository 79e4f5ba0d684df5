package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.filter.Filter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.system.contract.ContractFilter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The public API as one person sees it. Every call is held against the contract. */
public final class SluiceApi {

    private static final String JSON = "application/json";
    private static final Filter CONTRACT = new ContractFilter();

    private final URI base;
    private final Supplier<Optional<String>> token;
    private final Cleanups cleanups;

    private SluiceApi(URI base, Supplier<Optional<String>> token, Cleanups cleanups) {
        this.base = base;
        this.token = token;
        this.cleanups = cleanups;
    }

    public static SluiceApi of(URI base, String user, Tokens tokens, Cleanups cleanups) {
        return new SluiceApi(base, () -> Optional.of(tokens.of(user)), cleanups);
    }

    public static SluiceApi anonymous(URI base, Cleanups cleanups) {
        return new SluiceApi(base, Optional::empty, cleanups);
    }

    /** The same person at another service. */
    public SluiceApi at(URI otherBase) {
        return new SluiceApi(otherBase, token, cleanups);
    }

    public RequestSpecification request() {
        RequestSpecification request = Http.request().baseUri(base.toString()).filter(CONTRACT);
        token.get().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }

    public Response get(String path, Object... parameters) {
        return request().get(path, parameters);
    }

    public Response post(String path, Object body, Object... parameters) {
        return request().contentType(JSON).body(Json.write(body)).post(path, parameters);
    }

    public Response postIfMatch(String path, String etag, Object body, Object... parameters) {
        return request()
                .header("If-Match", etag)
                .contentType(JSON)
                .body(Json.write(body))
                .post(path, parameters);
    }

    public Response put(String path, String etag, Object body, Object... parameters) {
        return request()
                .header("If-Match", etag)
                .contentType(JSON)
                .body(Json.write(body))
                .put(path, parameters);
    }

    public Response delete(String path, String etag, Object... parameters) {
        return request().header("If-Match", etag).delete(path, parameters);
    }

    /**
     * Watches a run.
     *
     * @param lastEventId of the last event that was seen before; empty for all
     */
    public RunEvents watch(String runId, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1/runs/" + runId + "/events"))
                .header("Accept", "text/event-stream");
        token.get().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new RunEvents(request.build());
    }

    public JsonNode template(String name) {
        return Http.json(get("/api/v1/templates/" + name), 200);
    }

    /** Keeps a credential until the end of the test; gives its id. */
    public String createConnection(Map<String, Object> connection) {
        Response created = Http.require(post("/api/v1/connections", connection), 201);
        String id = created.path("id");
        cleanups.add(() -> deleteQuietly("/api/v1/connections/{id}", id));
        return id;
    }

    /** Makes an integration that lives until the end of the test. */
    public Integration create(Map<String, Object> draft) {
        Response created = Http.require(post("/api/v1/integrations", draft), 201);
        return adopt(created.path("id"));
    }

    /** An integration that was made otherwise; it, too, goes at the end of the test. */
    public Integration adopt(String id) {
        cleanups.add(() -> deleteQuietly("/api/v1/integrations/{id}", id));
        return new Integration(this, id);
    }

    public JsonNode run(String id) {
        return Http.json(get("/api/v1/runs/{id}", id), 200);
    }

    /** The run when it has this status. */
    public JsonNode awaitRun(String id, String status) {
        return Patience.afterTakeover()
                .until(() -> run(id), run -> run.path("status").asText().equals(status));
    }

    private void deleteQuietly(String path, String id) {
        Response current = get(path, id);
        if (current.statusCode() != 404) {
            Http.require(delete(path, String.valueOf(current.header("ETag")), id), 204);
        }
    }
}
