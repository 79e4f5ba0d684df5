package io.sluice.integrations.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.ServiceStack;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class FlowSchemaTest {

    @Test
    void editorsReadTheSchemaWithoutAToken() {
        Response answer = given().redirects().follow(false).get("/schemas/flow-1.0.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/schema+json");
        assertThat(answer.header("Cache-Control")).contains("public", "max-age");
        assertThat(answer.jsonPath().getString("title")).isEqualTo("Sluice flow");
    }
}
