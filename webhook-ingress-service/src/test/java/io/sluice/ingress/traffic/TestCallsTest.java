package io.sluice.ingress.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as the sender would make them. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class TestCallsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sku\": \"it's 1 $HOME `id` \\\\ \\n ü\"}",
                "@/etc/hostname",
                "'; touch /tmp/x; '",
                "\n\n{}\n",
                ""
            })
    void commandOfASignedCallWorksInAShell(String body) throws Exception {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        JsonPath call =
                ok(Traffic.of(endpoint).test(Map.of("body", body, "query", "a=[1-2]&b=%7B1%7D&c=%20", "send", false)));
        assertThat(call.getString("answer")).isNull();
        assertThat(endpoint.runs()).isZero();

        String answer = shell(call.getString("curl"));

        assertThat(answer).startsWith("HTTP/1.1 202").contains("runId");
        UUID run = UUID.fromString(answer.replaceAll("(?s).*\"runId\":\"([^\"]+)\".*", "$1"));
        assertThat(endpoint.event(run, "{query}")).isEqualTo("{\"a\": \"[1-2]\", \"b\": \"{1}\", \"c\": \" \"}");
        assertThat(Traffic.of(endpoint).newest("accepted").getString("body")).isEqualTo(body);
    }

    @Test
    void commandOfASchemeThatSendsItsSecretMasksIt() throws Exception {
        TestEndpoint endpoint = TestEndpoint.of("bearer", "top-secret").deploy();

        JsonPath call = ok(Traffic.of(endpoint).test(Map.of("body", "{}", "send", false)));

        assertThat(call.prettify()).doesNotContain("top-secret").contains("********");
        String command = call.getString("curl");
        assertThat(shell(command)).startsWith("HTTP/1.1 401");
        assertThat(shell(command.replace("********", "Bearer top-secret"))).startsWith("HTTP/1.1 202");
    }

    @Test
    void secretInTheQueryIsMasked() throws Exception {
        TestEndpoint endpoint = TestEndpoint.of("api-key", "top-secret")
                .with("queryParameter", "key")
                .deploy();

        JsonPath call = ok(Traffic.of(endpoint).test(Map.of("body", "{}", "query", "a=1", "send", true)));

        assertThat(call.prettify()).doesNotContain("top-secret");
        assertThat(call.getInt("answer.status")).isEqualTo(202);
        assertThat(shell(call.getString("curl").replace("********", "top-secret")))
                .startsWith("HTTP/1.1 202");
    }

    @Test
    void secretInTheQueryIsMaskedWhateverItsNameAndHoweverItIsSpelt() {
        TestEndpoint endpoint = TestEndpoint.of("api-key", "top-secret")
                .with("queryParameter", "api key[1]")
                .deploy();

        JsonPath call = ok(Traffic.of(endpoint)
                .test(Map.of("body", "{}", "query", "a=1&ap%69%20key%5b1%5d=top-secret", "send", true)));

        assertThat(call.prettify()).doesNotContain("top-secret").contains("********");
        assertThat(call.getInt("answer.status")).isEqualTo(202);
        assertThat(Traffic.of(endpoint).newest("accepted").prettify()).doesNotContain("top-secret");
    }

    @Test
    void callThatIsMadeIsAnsweredAndStartsARun() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();

        JsonPath call = ok(Traffic.of(endpoint).test(Map.of("body", "{\"n\":1}", "send", true)));

        assertThat(call.getInt("answer.status")).isEqualTo(202);
        UUID run = UUID.fromString(JsonPath.from(call.getString("answer.body")).getString("runId"));
        assertThat(endpoint.event(run, "{body}")).isEqualTo("{\"n\": 1}");
        assertThat(endpoint.runs()).isEqualTo(1);
        assertThat(Traffic.of(endpoint).newest("accepted").getString("call.runIds[0]"))
                .isEqualTo(run.toString());
    }

    @Test
    void callWhoseRunTakesLongIsToldThatItGoesOn() {
        TestEndpoint.keepFlow("slow-test", """
                {"document": {"dsl": "1.0.3", "namespace": "tests", "name": "slow", "version": "1.0.0"},
                 "evaluate": {"language": "jsonata"},
                 "do": [{"a": {"wait": {"seconds": 20}}}]}
                """);
        TestEndpoint endpoint = TestEndpoint.of("github", "secret")
                .withFlow("slow-test")
                .withIntake("{\"answer\":{\"mode\":\"wait\",\"deadline\":\"PT60S\"}}")
                .deploy();

        JsonPath call = ok(Traffic.of(endpoint).test(Map.of("body", "{}", "send", true)));

        assertThat(call.getInt("answer.status")).isEqualTo(202);
        assertThat(JsonPath.from(call.getString("answer.body")).getString("statusUrl"))
                .contains("/runs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a={}", "a=b c", "a=%zz", "a=1#b", "a=ü", "a=\n"})
    void queryThatNoUrlCanHaveIsRefused(String query) {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();

        Response refused = Traffic.of(endpoint).test(Map.of("body", "{}", "query", query, "send", true));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("errors[0].pointer")).isEqualTo("/query");
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void endpointThatIsOffIsNotTested() {
        TestEndpoint endpoint =
                TestEndpoint.of("github", "secret").enabled(false).deploy();

        assertThat(Traffic.of(endpoint).test(Map.of("send", true)).statusCode()).isBetween(400, 499);
        assertThat(endpoint.runs()).isZero();
    }

    private static JsonPath ok(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath();
    }

    private static String shell(String command) throws Exception {
        String here = command.replace("https://hooks.example.org", "http://127.0.0.1:" + RestAssured.port);
        Process process = new ProcessBuilder(List.of("sh", "-c", here.replaceFirst("^curl ", "curl -sS ")))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
