package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.http.Credential;
import io.sluice.run.http.HeldBack;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.ScriptedHttp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStepTest {

    private static FlowRun calling(String with) {
        return FlowRun.ofTasks("- c: {call: http, with: " + with + "}");
    }

    private static HttpCall sent(String method, String with) {
        FlowRun run = calling(with);
        run.http().answer(method + " https://shop.example/a", 200, "{}");
        run.run();
        return run.http().onlyCall();
    }

    @Test
    void contentIsTheParsedBody() {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http()
                .answer(
                        "GET https://shop.example/a",
                        200,
                        "{\"n\": [1, null]}",
                        Map.of("content-type", "application/vnd.api+json; charset=utf-8"));

        assertThat(run.json()).isEqualTo("{'n':[1,null]}");
    }

    @Test
    void contentOfAnotherTypeIsText() {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http().answer("GET https://shop.example/a", 200, "a,b", Map.of("content-type", "text/csv"));

        assertThat(run.json()).isEqualTo("'a,b'");
    }

    @Test
    void contentThatSaysJsonAndIsNoneIsText() {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http().answer("GET https://shop.example/a", 200, "<html>");

        assertThat(run.json()).isEqualTo("'<html>'");
    }

    @Test
    void emptyContentIsNothing() {
        FlowRun run = calling("{method: delete, endpoint: 'https://shop.example/a'}");
        run.http().answer("DELETE https://shop.example/a", 204, "");

        assertThat(run.run()).isNull();
    }

    @Test
    void responseHasStatusHeadersAndContent() {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a', output: response}");
        run.http().answer("GET https://shop.example/a", 201, "{\"n\": 1}");

        assertThat(run.json())
                .isEqualTo("{'status':201,'headers':{'content-type':'application/json'},'content':{'n':1}}");
    }

    @Test
    void rawIsTheBodyInBase64() {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a', output: raw}");
        run.http().answer("GET https://shop.example/a", 200, "hi");

        assertThat(run.json()).isEqualTo("'aGk='");
    }

    @Test
    void bodyIsJsonByDefault() {
        HttpCall call =
                sent("POST", "{method: post, endpoint: 'https://shop.example/a', body: {n: '${ 1 + 1 }', t: 'é'}}");

        assertThat(ScriptedHttp.body(call)).isEqualTo("{\"n\":2,\"t\":\"é\"}");
        assertThat(call.headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void bodyMayBeAForm() {
        HttpCall call = sent("POST", """
                {method: post, endpoint: 'https://shop.example/a',
                 headers: {content-type: application/x-www-form-urlencoded},
                 body: {a: 'x y&z', b: [1, 2], c: null, ü: '='}}
                """);

        assertThat(ScriptedHttp.body(call)).isEqualTo("a=x%20y%26z&b=1&b=2&%C3%BC=%3D");
    }

    @Test
    void bodyMayBeText() {
        HttpCall call = sent(
                "POST",
                "{method: post, endpoint: 'https://shop.example/a', headers: {Content-Type: text/plain}, body: '${ \"<a>\" }'}");

        assertThat(ScriptedHttp.body(call)).isEqualTo("<a>");
    }

    @Test
    void queryIsEncodedListsRepeatAndNothingIsLeftOut() {
        HttpCall call = sent("GET", """
                {method: get, endpoint: 'https://shop.example/a',
                 query: {q: 'a b&c=d/ü+', ids: '${ [1, 2] }', none: '${ missing }', flag: '${ true }', 'n m': x}}
                """);

        assertThat(call.url())
                .isEqualTo("https://shop.example/a?q=a%20b%26c%3Dd%2F%C3%BC%2B&ids=1&ids=2&flag=true&n%20m=x");
    }

    @Test
    void queryIsAddedToTheOneOfTheUrl() {
        HttpCall call = sent("GET", "{method: get, endpoint: 'https://shop.example/a?x=1', query: {y: '2'}}");

        assertThat(call.url()).isEqualTo("https://shop.example/a?x=1&y=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r\\nX-Evil: 1", "a\\nb", "a\\rb", "a\\u0000b"})
    void headerThatWouldBeginAnotherIsRefused(String value) {
        FlowRun run =
                calling("{method: get, endpoint: 'https://shop.example/a', headers: {X-A: '${ \"" + value + "\" }'}}");

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("configuration");
        assertThat(failure.error().pointer()).isEqualTo("/do/0/c/with/headers");
        assertThat(run.http().calls()).isEmpty();
        assertThat(run.journal().records("c")).hasSize(1);
    }

    @Test
    void headerWithoutValueIsLeftOut() {
        HttpCall call = sent(
                "GET", "{method: get, endpoint: 'https://shop.example/a', headers: {X-A: '${ missing }', X-B: '5'}}");

        assertThat(call.headers()).doesNotContainKey("X-A").containsEntry("X-B", "5");
    }

    @ParameterizedTest
    @CsvSource({"301,false", "400,false", "404,false", "408,true", "429,true", "500,true", "503,true"})
    void answerOtherThan2xxFailsTheStepWithItsStatus(int status, boolean retriable) {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http().answer("GET https://shop.example/a", status, "{}");

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("http-status");
        assertThat(failure.error().status()).isEqualTo(status);
        assertThat(failure.error().pointer()).isEqualTo("/do/0/c");
        assertThat(failure.retriable()).isEqualTo(retriable);
        assertThat(run.journal().records("c")).singleElement().satisfies(step -> {
            assertThat(step.status()).isEqualTo("failed");
            assertThat(step.response()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCKED_ADDRESS,blocked-address,403,false",
        "INVALID_URL,configuration,400,false",
        "INVALID_REQUEST,configuration,400,false",
        "TOO_LARGE,limit,413,false",
        "TIMEOUT,timeout,408,true",
        "NO_ROOM,timeout,408,true",
        "COMMUNICATION,communication,503,true",
        "CREDENTIAL,credential,401,false"
    })
    void callWithoutAnswerIsAnErrorThatFlowsCanMatch(
            HttpFailure.Reason reason, String code, int status, boolean retriable) {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http().fails("GET https://shop.example/a", reason);

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo(code);
        assertThat(failure.error().status()).isEqualTo(status);
        assertThat(failure.retriable()).isEqualTo(retriable);
        assertThat(run.journal().records("c"))
                .singleElement()
                .satisfies(step -> assertThat(step.request()).isNotNull());
    }

    @Test
    void credentialIsHandedBelowTheExpressions() {
        HttpCall call =
                sent("GET", "{method: get, endpoint: {uri: 'https://shop.example/a', authentication: {use: shop}}}");

        assertThat(call.credential()).map(Credential::kind).isPresent();
        assertThat(call.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void slotThatNoConnectionFillsIsAConfigurationError() {
        FlowRun run = calling("{method: get, endpoint: {uri: 'https://shop.example/a', authentication: {use: shop}}}")
                .without("shop");

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("configuration");
        assertThat(failure.error().title()).contains("shop");
        assertThat(run.http().calls()).isEmpty();
    }

    @Test
    void callWithoutUrlIsAConfigurationError() {
        FlowRun run = calling("{method: get, endpoint: '${ missing }'}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().code())
                .isEqualTo("configuration");
    }

    @Test
    void readsCarryNoIdempotencyKey() {
        assertThat(sent("GET", "{method: get, endpoint: 'https://shop.example/a'}")
                        .headers())
                .doesNotContainKey("Idempotency-Key");
    }

    @Test
    void flowMaySetItsOwnIdempotencyKey() {
        HttpCall call =
                sent("POST", "{method: post, endpoint: 'https://shop.example/a', headers: {idempotency-key: mine}}");

        assertThat(call.headers()).containsEntry("idempotency-key", "mine").doesNotContainKey("Idempotency-Key");
    }

    @Test
    void timeOfTheCallIsWhatTheRunHasLeft() {
        HttpCall call = sent("GET", "{method: get, endpoint: 'https://shop.example/a'}");

        assertThat(call.timeout()).isPositive().isLessThanOrEqualTo(java.time.Duration.ofSeconds(30));
    }

    @Test
    void callWhoseOutputFailsIsInTheLogWithItsResponse() {
        FlowRun run = FlowRun.ofTasks(
                "- c: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}, output: {as: '${ 1 + \"a\" }'}}");
        run.http().answer("POST https://shop.example/a", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);

        assertThat(run.journal().records("c")).singleElement().satisfies(step -> {
            assertThat(step.status()).isEqualTo("failed");
            assertThat(step.response()).isNotNull();
        });
    }

    @Test
    void queryComesBeforeAFragment() {
        FlowRun run = FlowRun.ofTasks(
                "- c: {call: http, with: {method: get, endpoint: 'https://shop.example/a#part', query: {x: '1'}}}");
        run.http().answer("GET https://shop.example/a", 200, "{}");

        run.run();

        assertThat(run.http().urls()).containsExactly("https://shop.example/a?x=1");
    }

    @Test
    void bodyOfAnotherTypeMayBeBytes() {
        HttpCall call = sent("POST", """
                {method: post, endpoint: 'https://shop.example/a', headers: {Content-Type: application/pdf},
                 body: {base64: '${ "/wAB" }'}}
                """);

        assertThat(call.body()).containsExactly(0xff, 0, 1);
    }

    @Test
    void base64InAJsonBodyIsAMemberAsOthers() {
        HttpCall call = sent("POST", "{method: post, endpoint: 'https://shop.example/a', body: {base64: aGk=}}");

        assertThat(ScriptedHttp.body(call)).isEqualTo("{\"base64\":\"aGk=\"}");
    }

    @Test
    void bodyMayHaveParts() {
        HttpCall call = sent("POST", """
                {method: post, endpoint: 'https://shop.example/a', headers: {content-type: multipart/form-data},
                 body: [{name: note, value: 'ä'}, {name: order, value: {id: 7}}, {name: none, value: '${ missing }'},
                        {name: 'fi"le', filename: "a\\r\\nb.txt", value: '1'},
                        {name: label, filename: l.pdf, contentType: application/pdf, base64: '${ "aGk=" }'}]}
                """);

        String type = call.headers().getOrDefault("Content-Type", "");
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        assertThat(type).startsWith("multipart/form-data; boundary=sluice-");
        assertThat(call.headers()).doesNotContainKey("content-type");
        assertThat(ScriptedHttp.body(call).replace(boundary, "B").replace("\r\n", "|"))
                .isEqualTo("--B|Content-Disposition: form-data; name=\"note\"||ä|"
                        + "--B|Content-Disposition: form-data; name=\"order\"|Content-Type: application/json||{\"id\":7}|"
                        + "--B|Content-Disposition: form-data; name=\"fi%22le\"; filename=\"a%0D%0Ab.txt\""
                        + "|Content-Type: text/plain; charset=utf-8||1|"
                        + "--B|Content-Disposition: form-data; name=\"label\"; filename=\"l.pdf\""
                        + "|Content-Type: application/pdf||hi|--B--|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/pdf | '${ {\"base64\": \"?\"} }' | /base64",
                "application/pdf | '${ {\"base64\": 7} }' | /base64",
                "multipart/form-data | '${ {\"a\": 1} }' | ''",
                "multipart/form-data | '${ [{\"value\": 1}] }' | /0",
                "multipart/form-data | '${ [{\"name\": \"a\", \"base64\": \"?\"}] }' | /0/base64",
                "multipart/form-data | '${ [{\"name\": \"a\", \"base64\": \"aGk=\", \"value\": 1}] }' | /0",
                "multipart/form-data | '${ [{\"name\": \"a\", \"contentType\": \"a\\r\\nb\", \"value\": 1}] }' | /0/contentType"
            })
    void bodyThatDoesNotFitItsTypeIsAConfigurationError(String type, String body, String where) {
        FlowRun run = calling("{method: post, endpoint: 'https://shop.example/a', headers: {Content-Type: " + type
                + "}, body: '" + body + "'}");

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("configuration");
        assertThat(failure.error().pointer()).isEqualTo("/do/0/c/with/body" + where);
        assertThat(run.http().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png,hi,'aGk='",
        "application/pdf,hi,'aGk='",
        "application/octet-stream,hi,hi",
        "image/svg+xml,<svg/>,<svg/>",
        "text/plain; charset=nonsense,hi,hi"
    })
    void contentIsTextOrBase64ByItsType(String type, String body, String content) {
        FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
        run.http().answer("GET https://shop.example/a", 200, body, Map.of("content-type", type));

        assertThat(run.run()).isEqualTo(content);
    }

    @Test
    void contentThatIsNoTextIsInBase64AndTextInItsCharset() {
        byte[] bytes = {(byte) 0xe4, 'b'};
        FlowRun run =
                FlowRun.ofTasks("- c: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}, then: d}\n"
                        + "- d: {call: http, with: {method: get, endpoint: 'https://shop.example/b'},"
                        + " input: {from: '${ {\"a\": $} }'}, output: {as: '${ [$input.a, $] }'}}");
        run.http().does("GET https://shop.example/a", call -> bytes(call, bytes, "text/plain"));
        run.http().does("GET https://shop.example/b", call -> bytes(call, bytes, "text/plain; charset=ISO-8859-1"));

        assertThat(run.json()).isEqualTo("['5GI=','äb']");
    }

    private static HttpAnswer bytes(HttpCall call, byte[] body, String type) {
        HttpAnswer text = ScriptedHttp.answered(call, 200, "", Map.of("content-type", type));
        return new HttpAnswer(200, text.headers(), body, text.sent(), text.received());
    }

    @Test
    void callThatIsHeldBackParksTheRunPastItsTry() {
        FlowRun run = FlowRun.ofTasks("""
                - t:
                    try:
                      - c: {call: http, with: {method: get, endpoint: {uri: 'https://shop.example/a', authentication: {use: shop}}}}
                    catch: {retry: {limit: {attempt: {count: 3}}}}
                """);
        run.http().does("GET https://shop.example/a", call -> {
            throw new HeldBack(java.time.Duration.ofSeconds(7), "the circuit is open");
        });

        RunStopped.Parked parked = catchThrowableOfType(RunStopped.Parked.class, run::run);

        assertThat(parked.delay()).isEqualTo(java.time.Duration.ofSeconds(7));
        assertThat(parked).hasMessage("the connection “shop”: the circuit is open");
        assertThat(run.http().calls()).hasSize(1);
        assertThat(run.journal().records("c")).isEmpty();
    }

    @Test
    void memoryOfAnAnswerIsGivenBackWhenTheStepIsOver() {
        for (int status : new int[] {200, 500}) {
            java.util.concurrent.atomic.AtomicInteger released = new java.util.concurrent.atomic.AtomicInteger();
            FlowRun run = calling("{method: get, endpoint: 'https://shop.example/a'}");
            run.http().does("GET https://shop.example/a", call -> {
                HttpAnswer text = ScriptedHttp.answered(call, status, "{}", Map.of());
                return new HttpAnswer(
                        status, text.headers(), text.body(), text.sent(), text.received(), released::incrementAndGet);
            });

            var _ = org.assertj.core.api.Assertions.catchThrowable(run::run);

            assertThat(released).hasValue(1);
        }
    }
}
