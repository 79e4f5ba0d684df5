package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a call reads as an event. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class EventsTest {

    private final TestEndpoint endpoint = TestEndpoint.open();

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/vnd.api+json"})
    void jsonIsRead(String type) {
        UUID run = endpoint.post("{\"a\":[1,\"ü\",null]}", "Content-Type", type).runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("{\"a\": [1, \"ü\", null]}");
        assertThat(endpoint.event(run, "{contentType}")).isEqualTo("\"" + type + "\"");
    }

    @Test
    void brokenJsonIsKeptAsText() {
        UUID run = endpoint.post("{\"a\":").runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("\"{\\\"a\\\":\"");
    }

    @Test
    void formIsFieldsAndWhatComesTwiceIsAList() {
        UUID run = endpoint.post("a=1&b=x+y%26z&a=2&c&a=3", "Content-Type", "application/x-www-form-urlencoded")
                .runId();

        assertThat(endpoint.event(run, "{body}"))
                .isEqualTo("{\"a\": [\"1\", \"2\", \"3\"], \"b\": \"x y&z\", \"c\": \"\"}");
    }

    @Test
    void textIsText() {
        UUID run = endpoint.post("hëllo\nworld", "Content-Type", "text/plain; charset=utf-8")
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("\"hëllo\\nworld\"");
    }

    @Test
    void xmlIsText() {
        UUID run = endpoint.post("<a>ü</a>", "Content-Type", "application/soap+xml")
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("\"<a>ü</a>\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "image/png", "text/plain", "application/xml"})
    void bytesThatAreNoTextAreBase64(String type) {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0x00, 0x01};

        UUID run = TestEndpoint.call("POST", endpoint.token(), bytes, "Content-Type", type)
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("\"//4AAQ==\"");
    }

    @Test
    void emptyBodyIsNull() {
        UUID run = TestEndpoint.call("POST", endpoint.token(), new byte[0]).runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("null");
    }

    @Test
    void queryAndHeadersAreReadAndWhatProvesIdentityIsNot() {
        Instant before = Instant.now();

        UUID run = TestEndpoint.call(
                        "POST",
                        endpoint.token() + "?a=1&b=%C3%BC&a=2",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "X-Own",
                        "one",
                        "X-Own",
                        "two",
                        "Authorization",
                        "Bearer top-secret",
                        "Cookie",
                        "session=top-secret")
                .runId();

        assertThat(endpoint.event(run, "{query}")).isEqualTo("{\"a\": [\"1\", \"2\"], \"b\": \"ü\"}");
        assertThat(endpoint.event(run, "{headers,x-own}")).isEqualTo("\"one, two\"");
        assertThat(endpoint.event(run, "{}")).doesNotContain("top-secret").doesNotContain(endpoint.token());
        assertThat(Instant.parse(endpoint.event(run, "{receivedAt}").replace("\"", "")))
                .isBetween(before.minusMillis(1), Instant.now());
    }

    @Test
    void deepBodyIsTakenOneWayOrTheOther() {
        assertThat(endpoint.post("[".repeat(5_000) + "]".repeat(5_000)).status())
                .isEqualTo(202);
        assertThat(endpoint.post("1".repeat(5_000)).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":1e200000}",
                "{\"a\":1e-200000}",
                "{\"a\":-1e999}"
            })
    void whatPostgresCannotHoldIsNotPutOffForEver(String body) {
        Answer answer = endpoint.post(body);

        // A sender that gets 503 sends the same again until it gives up and turns the webhook off.
        assertThat(answer.status()).as(answer.body()).isIn(202, 400);
    }

    @Test
    void zeroCharacterInAFormOrTextIsNotPutOffForEver() {
        Answer form = endpoint.post("a=%00", "Content-Type", "application/x-www-form-urlencoded");
        Answer text = endpoint.post("a\u0000b", "Content-Type", "text/plain");
        Answer query = TestEndpoint.call("POST", endpoint.token() + "?a=%00", new byte[0]);

        assertThat(form.status()).as(form.body()).isIn(202, 400);
        assertThat(text.status()).as(text.body()).isIn(202, 400);
        assertThat(query.status()).as(query.body()).isIn(202, 400);
    }
}
