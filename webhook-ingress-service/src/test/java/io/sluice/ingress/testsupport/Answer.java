package io.sluice.ingress.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.util.UUID;

/** What a sender gets back. */
public record Answer(HttpResponse<String> http) {

    public int status() {
        return http.statusCode();
    }

    public String body() {
        return http.body();
    }

    public String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }

    /** The run that a taken call starts. */
    public UUID runId() {
        assertThat(status()).as(body()).isEqualTo(202);
        return UUID.fromString(JsonPath.from(body()).getString("runId"));
    }

    /** A refusal in the one shape that all have; it never repeats the token. */
    public Answer refused(int status, String slug) {
        assertThat(status()).as(body()).isEqualTo(status);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        JsonPath problem = JsonPath.from(body());
        assertThat(problem.getString("type")).isEqualTo("urn:sluice:problem:" + slug);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("requestId")).isNotBlank();
        assertThat(body()).doesNotContain(http.uri().getPath().replace("/webhook/", ""));
        return this;
    }
}
