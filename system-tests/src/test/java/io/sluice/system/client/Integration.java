package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** One integration, as its owner handles it. */
public final class Integration {

    private static final String PATH = "/api/v1/integrations/{id}";

    private final SluiceApi api;
    private final String id;

    Integration(SluiceApi api, String id) {
        this.api = api;
        this.id = id;
    }

    public String id() {
        return id;
    }

    public SluiceApi api() {
        return api;
    }

    public JsonNode read() {
        return Http.json(api.get(PATH, id), 200);
    }

    /** The state that the next write is based on. */
    public String etag() {
        Response current = Http.require(api.get(PATH, id), 200);
        return String.valueOf(current.header("ETag"));
    }

    public JsonNode webhook() {
        return Http.json(api.get(PATH + "/webhook", id), 200);
    }

    public JsonNode saveWebhook(Map<String, Object> settings) {
        return Http.json(api.put(PATH + "/webhook", etag(), settings, id), 200);
    }

    /** Gives the URL once ingress knows it. */
    public String enableWebhook(Map<String, Object> verification) {
        String url = saveWebhook(Map.of("enabled", true, "verification", verification))
                .path("url")
                .asText();
        awaitKnown(url);
        return url;
    }

    public void disableWebhook() {
        saveWebhook(Map.of("enabled", false));
    }

    /** Gives the new URL once ingress knows it; the old one ends at once. */
    public String rotateWebhook() {
        String url = rotateWebhook(Map.of());
        awaitKnown(url);
        return url;
    }

    /** Gives the new URL, which need not be in force yet. */
    public String rotateWebhook(Map<String, Object> settings) {
        return Http.json(api.postIfMatch(PATH + "/webhook/rotate", etag(), settings, id), 200)
                .path("url")
                .asText();
    }

    /** Shows the next call to somebody, who is named by the id that this gives. */
    public String listen() {
        return Http.json(api.post(PATH + "/webhook/listeners", Map.of("duration", "PT1M"), id), 201)
                .path("id")
                .asText();
    }

    /** What somebody who listens has got. */
    public JsonNode heard(String listener) {
        return Http.json(api.get(PATH + "/webhook/listeners/{listener}?wait=5s", id, listener), 200)
                .path("call");
    }

    /** Gives the schedule's id. */
    public String addSchedule(Map<String, Object> settings) {
        return Http.json(api.postIfMatch(PATH + "/schedules", etag(), settings, id), 201)
                .path("id")
                .asText();
    }

    public JsonNode schedule(String scheduleId) {
        return Http.json(api.get(PATH + "/schedules/{scheduleId}", id, scheduleId), 200);
    }

    public void changeSchedule(String scheduleId, Map<String, Object> settings) {
        Http.require(api.put(PATH + "/schedules/{scheduleId}", etag(), settings, id, scheduleId), 200);
    }

    /** What became of a schedule's newest instants, newest first. */
    public List<JsonNode> firings(String scheduleId) {
        return Http.json(api.get(PATH + "/schedules/{scheduleId}/firings?limit=100", id, scheduleId), 200)
                .path("items")
                .valueStream()
                .toList();
    }

    public JsonNode runPage(String query) {
        return Http.json(api.get(PATH + "/runs?limit=100" + query, id), 200);
    }

    public List<JsonNode> runs() {
        return runPage("").path("items").valueStream().toList();
    }

    public List<JsonNode> runs(String trigger, String status) {
        return runPage("&trigger=" + trigger + "&status=" + status)
                .path("items")
                .valueStream()
                .toList();
    }

    /** The newest such run in full, when there is one. */
    public JsonNode awaitRun(String trigger, String status) {
        return api.run(awaitRuns(1, trigger, status).getFirst().path("id").asText());
    }

    /** Such runs, newest first, when there are at least so many. */
    public List<JsonNode> awaitRuns(int least, String trigger, String status) {
        return Patience.afterTakeover().until(() -> runs(trigger, status), found -> found.size() >= least);
    }

    /** Gives the run's id. */
    public String runNow(Map<String, Object> request) {
        return Http.json(api.post(PATH + "/runs", request, id), 202)
                .path("runId")
                .asText();
    }

    /** A GET is never allowed on the endpoints of these tests: known ones answer 405, others 404. */
    private static void awaitKnown(String url) {
        Patience.soon().until(() -> WebhookCall.get(url).send().statusCode() == 405);
    }
}
