package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.RawCall;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What senders get for the calls that are taken. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class AnswersTest {

    private static String flow(String tasks) {
        return """
                {"document": {"dsl": "1.0.3", "namespace": "tests", "name": "answers", "version": "1.0.0"},
                 "evaluate": {"language": "jsonata"},
                 "do": [%s]}
                """.formatted(tasks);
    }

    private static TestEndpoint answering(String digest, String tasks, String answer) {
        TestEndpoint.keepFlow(digest, flow(tasks));
        return TestEndpoint.of("none")
                .with("eventIdHeader", "X-Id")
                .withFlow(digest)
                .withIntake("{\"answer\":" + answer + "}")
                .deploy();
    }

    private static TestEndpoint fixed(String answer) {
        return TestEndpoint.of("none").withIntake("{\"answer\":" + answer + "}").deploy();
    }

    @Test
    void fixedAnswerIsTheEndpointsOwn() {
        TestEndpoint endpoint = fixed("{\"mode\":\"fixed\",\"status\":201,\"body\":\"<ok/>\","
                + "\"headers\":{\"Content-Type\":\"text/xml\",\"X-Own\":\"1\"}}");

        Answer answer = endpoint.post("{}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("<ok/>");
        assertThat(answer.header("Content-Type")).isEqualTo("text/xml");
        assertThat(answer.header("X-Own")).isEqualTo("1");
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void fixedAnswerOfWhichNothingIsSaidIsAnEmpty200() {
        Answer answer = fixed("{\"mode\":\"fixed\"}").post("{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void fixedAnswerDoesNotHideARefusal() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret")
                .withIntake("{\"answer\":{\"mode\":\"fixed\",\"status\":200}}")
                .deploy();

        endpoint.post("{}").refused(401, "bad-signature");
    }

    @Test
    void answerCannotBreakItsFraming() {
        TestEndpoint endpoint = fixed("{\"mode\":\"fixed\",\"status\":200,\"body\":\"12345\",\"headers\":"
                + "{\"Content-Length\":\"2\",\"Transfer-Encoding\":\"chunked\",\"X-A\":\"a\\r\\nX-B: b\"}}");
        TestEndpoint empty = fixed("{\"mode\":\"fixed\",\"status\":204,\"body\":\"12345\"}");
        String[] head = {"Host: a", "Content-Length: 2"};

        try (RawCall call = RawCall.open()) {
            for (TestEndpoint one : List.of(endpoint, empty, endpoint)) {
                call.head("POST /webhook/" + one.token() + " HTTP/1.1", head[0], head[1])
                        .send("{}");
                RawCall.Reply reply = call.reply().orElseThrow();

                assertThat(reply.status()).as(reply.head()).isEqualTo(one == empty ? 204 : 200);
                assertThat(reply.body()).isEqualTo(one == empty ? "" : "12345");
                assertThat(reply.has("X-B")).isFalse();
                assertThat(reply.has("Transfer-Encoding")).isFalse();
            }
        }
    }

    @Test
    void waitingCallGetsTheRunsOutput() {
        TestEndpoint endpoint =
                answering("echo", "{\"a\":{\"set\":\"${ $workflow.input.event.body }\"}}", "{\"mode\":\"wait\"}");

        Answer answer = endpoint.post("{\"n\":7}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(JsonPath.from(answer.body()).getMap("")).isEqualTo(Map.of("n", 7));
    }

    @Test
    void responseShapesTheAnswer() {
        TestEndpoint endpoint = answering(
                "set",
                "{\"a\":{\"set\":{\"x\":1}}}",
                "{\"mode\":\"wait\",\"response\":\"{'status': 201, 'headers': {'X-Own': event.body.n, 'Set-Cookie': 'a=b'},"
                        + " 'body': {'out': output.x, 'run': run.status}}\"}");

        Answer answer = endpoint.post("{\"n\":\"seven\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("X-Own")).isEqualTo("seven");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(JsonPath.from(answer.body()).getMap("")).isEqualTo(Map.of("out", 1, "run", "succeeded"));
    }

    @Test
    void responseThatIsNoAnswerIsItsBody() {
        TestEndpoint text = answering(
                "set",
                "{\"a\":{\"set\":{\"x\":1}}}",
                "{\"mode\":\"wait\",\"response\":\"{'status': 7, 'x': output.x}\"}");
        TestEndpoint none =
                answering("set", "{\"a\":{\"set\":{\"x\":1}}}", "{\"mode\":\"wait\",\"response\":\"output.missing\"}");

        assertThat(JsonPath.from(text.post("{}").body()).getMap("")).isEqualTo(Map.of("status", 7, "x", 1));
        assertThat(none.post("{}").status()).isEqualTo(204);
    }

    @Test
    void responseMayBeTextOfItsOwnType() {
        TestEndpoint endpoint = answering(
                "set",
                "{\"a\":{\"set\":{\"x\":1}}}",
                "{\"mode\":\"wait\",\"response\":\"{'status': 200, 'body': '<b>1</b>'}\"}");

        Answer answer = endpoint.post("{}");

        assertThat(answer.body()).isEqualTo("<b>1</b>");
        // Never HTML by itself, which would act in our host's name.
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void runThatFailsIsTheRunsFaultAndNothingOfItIsTold() {
        TestEndpoint endpoint = answering(
                "fails",
                "{\"a\":{\"raise\":{\"error\":{\"type\":\"https://a.example/e\",\"status\":400,\"title\":\"inner\"}}}}",
                "{\"mode\":\"wait\"}");

        Answer answer = endpoint.post("{}").refused(502, "run-failed");

        assertThat(answer.body()).doesNotContain("inner");
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void responseIsAskedForAFailedRunToo() {
        TestEndpoint endpoint = answering(
                "fails",
                "{\"a\":{\"raise\":{\"error\":{\"type\":\"https://a.example/e\",\"status\":400,\"title\":\"inner\"}}}}",
                "{\"mode\":\"wait\",\"response\":\"{'status': run.status = 'failed' ? 422 : 200, 'body': 'sorry'}\"}");

        Answer answer = endpoint.post("{}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("sorry");
    }

    @Test
    void responseThatCannotBeMadeIsToldSo() {
        for (String response : List.of("$error('no')", "output.x + 'a'", "($f := function() { $f() }; $f())")) {
            answering("set", "{\"a\":{\"set\":{\"x\":1}}}", "{\"mode\":\"wait\",\"response\":\"" + response + "\"}")
                    .post("{}")
                    .refused(502, "run-failed");
        }
    }

    @Test
    void deadlineThatPassesIsAnsweredWithAUrlThatTellsMore() {
        TestEndpoint endpoint =
                answering("slow", "{\"a\":{\"wait\":{\"seconds\":3}}}", "{\"mode\":\"wait\",\"deadline\":\"PT1S\"}");
        TestEndpoint other = TestEndpoint.open();
        long began = System.nanoTime();

        Answer answer = endpoint.post("{}");

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(2_900));
        UUID run = answer.runId();
        String url = JsonPath.from(answer.body()).getString("statusUrl");
        assertThat(url).isEqualTo("https://hooks.example.org/webhook/" + endpoint.token() + "/runs/" + run);
        assertThat(answer.header("Location")).isEqualTo(url);
        String path = URI.create(url).getPath().replace("/webhook/", "");
        Answer status = TestEndpoint.call("GET", path, new byte[0]);
        assertThat(status.status()).isEqualTo(200);
        assertThat(JsonPath.from(status.body()).getMap("").keySet()).containsExactlyInAnyOrder("runId", "status");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(JsonPath.from(TestEndpoint.call("GET", path, new byte[0])
                                        .body())
                                .getString("status"))
                        .isEqualTo("succeeded"));
        for (String foreign : List.of(
                other.token() + "/runs/" + run,
                "never-given-to-anybody-0123456789/runs/" + run,
                endpoint.token() + "/runs/" + UUID.randomUUID(),
                endpoint.token() + "/runs/x")) {
            TestEndpoint.call("GET", foreign, new byte[0]).refused(404, "not-found");
        }
    }

    @Test
    void repetitionOfAWaitingCallGetsTheSameAnswer() throws Exception {
        TestEndpoint endpoint = answering(
                "slowish",
                "{\"a\":{\"wait\":{\"seconds\":1}}},{\"b\":{\"set\":{\"n\":\"${ $workflow.input.event.body.n }\"}}}",
                "{\"mode\":\"wait\"}");
        List<Future<Answer>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(5)) {
            for (int i = 0; i < 5; i++) {
                calls.add(callers.submit(() -> endpoint.post("{\"n\":7}", "X-Id", "1")));
            }
        }
        for (Future<Answer> call : calls) {
            Answer answer = call.get(1, TimeUnit.SECONDS);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(JsonPath.from(answer.body()).getInt("n")).isEqualTo(7);
        }

        assertThat(JsonPath.from(endpoint.post("{\"n\":8}", "X-Id", "1").body()).getInt("n"))
                .isEqualTo(7);
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void callsBeyondThoseThatMayWaitAreAnsweredAtOnceAlsoWhereAllWaitForOneRun() throws Exception {
        TestEndpoint endpoint = answering("slow-for-many", "{\"a\":{\"wait\":{\"seconds\":5}}}", "{\"mode\":\"wait\"}");
        List<Future<Answer>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                calls.add(callers.submit(() -> endpoint.post("{}", "X-Id", "1")));
            }
        }
        List<Answer> atOnce = new ArrayList<>();
        for (Future<Answer> call : calls) {
            Answer answer = call.get(1, TimeUnit.SECONDS);
            if (answer.status() == 202) {
                atOnce.add(answer);
            }
        }

        assertThat(atOnce)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.header("Location")).contains("/runs/" + answer.runId()));
        assertThat(endpoint.runs()).isEqualTo(1);
    }
}
