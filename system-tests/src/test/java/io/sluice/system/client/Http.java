package io.sluice.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** REST Assured as we want it: UTF-8, bodies sent as they are, redirects shown, no waiting for ever. */
public final class Http {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 60_000;

    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset("UTF-8")
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/yaml", ContentType.TEXT))
            .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset("UTF-8"))
            .redirect(RedirectConfig.redirectConfig().followRedirects(false))
            .httpClient(HttpClientConfig.httpClientConfig()
                    .setParam("http.connection.timeout", CONNECT_MILLIS)
                    .setParam("http.socket.timeout", READ_MILLIS));

    private Http() {}

    public static RequestSpecification request() {
        return RestAssured.given().config(CONFIG);
    }

    /** The body of an answer that must have this status; a failure shows the whole answer. */
    public static JsonNode json(Response answer, int status) {
        require(answer, status);
        return Json.read(answer.asString());
    }

    public static Response require(Response answer, int status) {
        assertThat(answer.statusCode())
                .as("The answer was: %s", answer.asString())
                .isEqualTo(status);
        return answer;
    }
}
