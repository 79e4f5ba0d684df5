package io.sluice.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;

/** What the tests want of a refusal: the catalogue's type, words for a person, and the field where there is one. */
public final class ProblemAssert {

    private final Response answer;
    private final JsonNode problem;

    private ProblemAssert(Response answer) {
        this.answer = answer;
        this.problem = Json.read(answer.asString());
    }

    public static ProblemAssert assertProblem(Response answer) {
        assertThat(answer.contentType())
                .as("The answer was: %d %s", answer.statusCode(), answer.asString())
                .startsWith("application/problem+json");
        return new ProblemAssert(answer);
    }

    public ProblemAssert is(int status, String slug) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isEqualTo("urn:sluice:problem:" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("requestId").asText()).isNotBlank();
        assertThat(answer.asString()).doesNotContain("io.sluice", "Exception", "\tat ");
        return this;
    }

    /** One of the errors names this field, with a reason. */
    public ProblemAssert pointsAt(String pointer) {
        assertThat(Json.texts(problem.path("errors"), "/pointer"))
                .as(answer.asString())
                .contains(pointer);
        assertThat(Json.texts(problem.path("errors"), "/detail"))
                .allSatisfy(detail -> assertThat(detail).isNotBlank());
        return this;
    }

    public ProblemAssert says(String word) {
        assertThat(problem.path("detail").asText()).containsIgnoringCase(word);
        return this;
    }
}
