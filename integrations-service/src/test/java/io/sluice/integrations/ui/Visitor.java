package io.sluice.integrations.ui;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import java.util.Map;

/** A person who looks at pages and sends forms, as a browser without scripts does. */
record Visitor(Person person) {

    String page(String path) {
        Response answer = get(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/html");
        return answer.asString();
    }

    Response get(String path) {
        return call().get(path);
    }

    Response with(String cookie, String value, String path) {
        return call().cookie(cookie, value).get(path);
    }

    Response post(String path, Map<String, ?> form) {
        return call().contentType(ContentType.URLENC.withCharset("UTF-8"))
                .formParams(form)
                .post(path);
    }

    /** What a form sends besides its own fields. */
    Map<String, String> revision(Made made) {
        String etag = person.call().get(made.path()).header("ETag");
        return Map.of("revision", etag.replaceAll("\\D", ""));
    }

    private RequestSpecification call() {
        return given().auth().oauth2(person.token()).redirects().follow(false).accept(ContentType.HTML);
    }

    /** Waits as ingress does until all that was saved is in force there. */
    static void awaitInForce() {
        Person ingress = Person.service("webhook-ingress-service");
        String epoch = "";
        long after = 0;
        while (true) {
            JsonPath page = ingress.call()
                    .queryParam("epoch", epoch)
                    .queryParam("after", after)
                    .queryParam("wait", "0s")
                    .get("/internal/v1/deployments")
                    .jsonPath();
            if (page.getString("epoch").equals(epoch) && page.getList("items").isEmpty()) {
                return;
            }
            after = page.getString("epoch").equals(epoch) ? page.getLong("revision") : 0;
            epoch = page.getString("epoch");
        }
    }
}
