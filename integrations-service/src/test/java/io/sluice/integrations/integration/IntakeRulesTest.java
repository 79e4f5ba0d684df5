package io.sluice.integrations.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.run.expression.Json;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeRulesTest {

    private static WebhookIntake intake(String json) {
        return Json.parse(json.replace('\'', '"'), WebhookIntake.class);
    }

    private static List<FieldProblem> problems(WebhookIntake wanted) {
        Complaints complaints = new Complaints();
        IntakeRules.check(wanted, complaints);
        ProblemException refused = catchThrowableOfType(ProblemException.class, complaints::raise);
        return refused == null ? List.of() : refused.errors();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'contentTypes':['application/json','text/*','application/vnd.api+json']}",
                "{'allowedAddresses':['203.0.113.7','10.0.0.0/8','2001:db8::/32','::1']}",
                "{'rate':{'requests':10,'per':'PT1S'}}",
                "{'deduplication':{'by':'sender','window':'PT1M'}}",
                "{'deduplication':{'by':'header','name':'X-Event-Id','window':'P90D'}}",
                "{'deduplication':{'by':'pointer','name':'/data/id'}}",
                "{'deduplication':{'by':'none'}}",
                "{'filter':'body.type = \\'order.created\\''}",
                "{'filter':'${ body.type }'}",
                "{'answer':{'mode':'at-once'}}",
                "{'answer':{'mode':'fixed'}}",
                "{'answer':{'mode':'fixed','status':204,'headers':{'X-Answer':'yes'}}}",
                "{'answer':{'mode':'fixed','status':299,'headers':{'Content-Type':'text/xml'},'body':'<ok/>'}}",
                "{'answer':{'mode':'wait'}}",
                "{'answer':{'mode':'wait','deadline':'PT0.1S','response':'{\\'status\\': 201, \\'body\\': output}'}}",
                "{'answer':{'mode':'wait','deadline':'PT60S','response':'${ output }'}}",
                "{'expectEvery':'PT1M'}",
                "{'expectEvery':'P366D'}",
            })
    void whatMakesSenseIsTaken(String json) {
        assertThat(problems(intake(json.replace("\\'", "\\\"")))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'contentTypes':['application/json','json']}                    | /contentTypes/1
                    {'contentTypes':[null]}                                         | /contentTypes/0
                    {'contentTypes':['*/*']}                                        | /contentTypes/0
                    {'contentTypes':['text/plain; charset=utf-8']}                  | /contentTypes/0
                    {'allowedAddresses':['203.0.113.7','example.org']}              | /allowedAddresses/1
                    {'allowedAddresses':['10.0.0.0/33']}                            | /allowedAddresses/0
                    {'allowedAddresses':['10.0.0.0/-1']}                            | /allowedAddresses/0
                    {'allowedAddresses':['10.0.0.0/x']}                             | /allowedAddresses/0
                    {'allowedAddresses':['::/129']}                                 | /allowedAddresses/0
                    {'allowedAddresses':[null]}                                     | /allowedAddresses/0
                    {'rate':{'requests':10,'per':'PT0.9S'}}                         | /rate/per
                    {'rate':{'requests':10,'per':'PT24H0.1S'}}                      | /rate/per
                    {'deduplication':{'by':'header'}}                               | /deduplication/name
                    {'deduplication':{'by':'header','name':'X Event'}}              | /deduplication/name
                    {'deduplication':{'by':'pointer'}}                              | /deduplication/name
                    {'deduplication':{'by':'pointer','name':'id'}}                  | /deduplication/name
                    {'deduplication':{'by':'sender','name':'X-Event-Id'}}           | /deduplication/name
                    {'deduplication':{'by':'body','name':'/id'}}                    | /deduplication/name
                    {'deduplication':{'by':'none','window':'P7D'}}                  | /deduplication/window
                    {'deduplication':{'by':'body','window':'PT59S'}}                | /deduplication/window
                    {'deduplication':{'by':'body','window':'P91D'}}                 | /deduplication/window
                    {'filter':'body.type ='}                                        | /filter
                    {'filter':' '}                                                  | /filter
                    {'filter':'${ }'}                                               | /filter
                    {'filter':'$eval(body)'}                                        | /filter
                    {'answer':{'mode':'at-once','status':200}}                      | /answer/status
                    {'answer':{'mode':'at-once','deadline':'PT1S'}}                 | /answer/deadline
                    {'answer':{'mode':'fixed','status':199}}                        | /answer/status
                    {'answer':{'mode':'fixed','status':300}}                        | /answer/status
                    {'answer':{'mode':'fixed','status':204,'body':'x'}}             | /answer/body
                    {'answer':{'mode':'fixed','response':'output'}}                 | /answer/response
                    {'answer':{'mode':'fixed','headers':{'Content-Length':'1'}}}    | /answer/headers/Content-Length
                    {'answer':{'mode':'fixed','headers':{'transfer-encoding':'x'}}} | /answer/headers/transfer-encoding
                    {'answer':{'mode':'fixed','headers':{'Connection':'close'}}}    | /answer/headers/Connection
                    {'answer':{'mode':'fixed','headers':{'Set-Cookie':'a=b'}}}      | /answer/headers/Set-Cookie
                    {'answer':{'mode':'fixed','headers':{'a/b':'x'}}}               | /answer/headers/a~1b
                    {'answer':{'mode':'fixed','headers':{'X-A':null}}}              | /answer/headers/X-A
                    {'answer':{'mode':'fixed','headers':{'X-A':'a\\r\\nX-B: b'}}}   | /answer/headers/X-A
                    {'answer':{'mode':'fixed','headers':{'X-A':'1','x-a':'2'}}}     | /answer/headers/x-a
                    {'answer':{'mode':'wait','body':'x'}}                           | /answer/body
                    {'answer':{'mode':'wait','headers':{}}}                         | /answer/headers
                    {'answer':{'mode':'wait','deadline':'PT0.099S'}}                | /answer/deadline
                    {'answer':{'mode':'wait','deadline':'PT61S'}}                   | /answer/deadline
                    {'answer':{'mode':'wait','response':'{'}}                       | /answer/response
                    {'expectEvery':'PT59S'}                                         | /expectEvery
                    {'expectEvery':'P367D'}                                         | /expectEvery
                    """)
    void whatDoesNotIsNamed(String json, String pointer) {
        assertThat(problems(intake(json))).extracting(FieldProblem::pointer).containsExactly("/intake" + pointer);
    }

    @Test
    void eachListHasItsEnd() {
        WebhookIntake tooMany = new WebhookIntake(
                Collections.nCopies(51, "text/plain"),
                Collections.nCopies(201, "10.0.0.1"),
                null,
                null,
                null,
                fixed(headers(21), "x".repeat(64 * 1024 + 1)),
                null);
        WebhookIntake most = new WebhookIntake(
                Collections.nCopies(50, "text/plain"),
                Collections.nCopies(200, "10.0.0.1"),
                null,
                null,
                "a".repeat(10_000),
                fixed(headers(20), "x".repeat(64 * 1024)),
                null);

        assertThat(problems(tooMany))
                .extracting(FieldProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/intake/contentTypes",
                        "/intake/allowedAddresses",
                        "/intake/answer/headers",
                        "/intake/answer/body");
        assertThat(problems(most)).isEmpty();
        assertThat(problems(new WebhookIntake(null, null, null, null, "a".repeat(10_001), null, null)))
                .extracting(FieldProblem::pointer)
                .containsExactly("/intake/filter");
    }

    @Test
    void pointerOfAnyLengthIsAnswered() {
        String json = "{'deduplication':{'by':'pointer','name':'/" + "a".repeat(100_000) + "'}}";

        assertThat(problems(intake(json)))
                .extracting(FieldProblem::pointer)
                .containsExactly("/intake/deduplication/name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"answer":{"mode":"wait"}}                     | slack   | PT2.5S
                    {"answer":{"mode":"wait","deadline":"PT1S"}}   | slack   | PT1S
                    {"answer":{"mode":"wait"}}                     | shopify | PT4.5S
                    """)
    void deadlineIsWhatTheSenderLeaves(String json, String scheme, String deadline) {
        WebhookAnswer answer = IntakeDefaults.shown(intake(json), scheme).answer();

        assertThat(answer).isNotNull().extracting(WebhookAnswer::deadline).isEqualTo(Duration.parse(deadline));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"contentTypes\":[\"text/csv\"],\"answer\":{\"mode\":\"wait\"}}",
                "{\"deduplication\":{\"by\":\"none\"}}",
                "{\"deduplication\":{\"by\":\"body\"}}",
                "{\"deduplication\":{\"by\":\"sender\",\"window\":\"PT1H\"}}",
                "{\"answer\":{\"mode\":\"wait\",\"deadline\":\"PT1S\"}}",
                "{\"answer\":{\"mode\":\"fixed\",\"body\":\"ok\"}}",
            })
    void whatIsReadCanBeWrittenBackAndPinsNothing(String json) {
        WebhookIntake stored = intake(json);

        assertThat(IntakeDefaults.kept(IntakeDefaults.shown(stored, "slack"), "slack"))
                .isEqualTo(stored);
    }

    @Test
    void whatOnlySaysTheDefaultsIsTheDefault() {
        assertThat(IntakeDefaults.kept(
                        intake(
                                "{'contentTypes':[],'allowedAddresses':[],'deduplication':{'by':'sender','window':'P7D'},"
                                        + "'answer':{'mode':'at-once'}}"),
                        "github"))
                .isEqualTo(WebhookIntake.DEFAULT);
    }

    private static WebhookAnswer fixed(Map<String, String> headers, String body) {
        return new WebhookAnswer(WebhookAnswer.Mode.FIXED, null, headers, body, null, null);
    }

    private static Map<String, String> headers(int count) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            headers.put("X-" + i, "v");
        }
        return headers;
    }
}
