package io.sluice.integrations.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;

/** Checks of answers that refuse. */
public final class Problems {

    private Problems() {}

    /** The answer is the problem of this slug, in the one shape that all have. */
    public static JsonPath check(Response answer, int status, String slug) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        JsonPath problem = answer.jsonPath();
        assertThat(problem.getString("type")).isEqualTo("urn:sluice:problem:" + slug);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("instance")).startsWith("/");
        assertThat(problem.getString("requestId")).isEqualTo(answer.header("X-Request-Id"));
        return problem;
    }

    /** A 400 that names exactly these fields. */
    public static JsonPath fields(Response answer, String... pointers) {
        JsonPath problem = check(answer, 400, "invalid-fields");
        assertThat(pointers(problem)).containsExactlyInAnyOrder(pointers);
        return problem;
    }

    /** A problem as another service writes it. */
    public static String json(String slug, int status, String detail) {
        return """
                {"type": "urn:sluice:problem:%s", "title": "A title", "status": %d, "detail": "%s",
                 "instance": "/internal", "requestId": "r-1", "errors": []}""".formatted(slug, status, detail);
    }

    public static List<String> pointers(JsonPath problem) {
        return problem.getList("errors.pointer", String.class);
    }
}
