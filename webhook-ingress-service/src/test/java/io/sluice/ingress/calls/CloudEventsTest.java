package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents 1.0 in its three forms. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class CloudEventsTest {

    private static final String ONE = "application/cloudevents+json; charset=utf-8";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final TestEndpoint endpoint = TestEndpoint.open();

    private static String event(String source, String id, String data) {
        return "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"" + source + "\",\"id\":\"" + id + "\",\"data\":"
                + data + "}";
    }

    @Test
    void structuredEventIsItsDataWithItsAttributesBeside() {
        UUID run = endpoint.post(event("/shop", "1", "{\"sku\":7}"), "Content-Type", ONE)
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("{\"sku\": 7}");
        assertThat(JsonPath.from(endpoint.event(run, "{cloudEvent}")).getMap(""))
                .isEqualTo(java.util.Map.of("specversion", "1.0", "type", "t", "source", "/shop", "id", "1"));
    }

    @Test
    void binaryEventIsTheBodyWithItsHeadersAsAttributes() {
        UUID run = endpoint.post(
                        "{\"sku\":7}",
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        "t",
                        "ce-source",
                        "/shop%20a+b",
                        "ce-id",
                        "1",
                        "ce-own",
                        "x")
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("{\"sku\": 7}");
        JsonPath attributes = JsonPath.from(endpoint.event(run, "{cloudEvent}"));
        assertThat(attributes.getString("source")).isEqualTo("/shop a+b");
        assertThat(attributes.getString("own")).isEqualTo("x");
        assertThat(attributes.getString("datacontenttype")).isEqualTo("application/json");
    }

    @Test
    void batchIsARunForEachEventInOneCommit() {
        String batch = "[" + event("/a", "1", "1") + "," + event("/a", "2", "2") + "," + event("/b", "1", "3") + "]";

        Answer answer = endpoint.post(batch, "Content-Type", BATCH);

        List<String> runs = JsonPath.from(answer.body()).getList("runIds", String.class);
        assertThat(runs).hasSize(3).doesNotHaveDuplicates();
        assertThat(answer.runId().toString()).isEqualTo(runs.getFirst());
        assertThat(runs)
                .extracting(run -> endpoint.event(UUID.fromString(run), "{body}"))
                .containsExactly("1", "2", "3");
        // Rows of one transaction have one xmin, until they move to the history.
        assertThat(Database.count(
                        "select count(distinct xmin::text) from accepted_call where integration_id = ?",
                        endpoint.integrationId()))
                .isEqualTo(1);
        JsonPath call = Traffic.of(endpoint).newest("accepted");
        assertThat(call.getList("call.runIds")).isEqualTo(runs);
        assertThat(call.getString("body")).isEqualTo(batch);
    }

    @Test
    void eventsAreKnownBySourceAndId() {
        UUID first = endpoint.post(event("/a", "1", "1"), "Content-Type", ONE).runId();
        UUID again = endpoint.post(event("/a", "1", "2"), "Content-Type", ONE).runId();
        UUID other = endpoint.post(event("/b", "1", "1"), "Content-Type", ONE).runId();
        UUID binary = endpoint.post("1", "ce-specversion", "1.0", "ce-type", "t", "ce-source", "/a", "ce-id", "1")
                .runId();

        assertThat(again).isEqualTo(first).isEqualTo(binary);
        assertThat(other).isNotEqualTo(first);
        assertThat(endpoint.runs()).isEqualTo(2);
    }

    @Test
    void batchThatRepeatsSomeStartsTheOthersAndNamesAll() {
        UUID first = endpoint.post(event("/a", "1", "1"), "Content-Type", ONE).runId();
        String batch = "[" + event("/a", "2", "2") + "," + event("/a", "1", "1") + "," + event("/a", "2", "9") + "]";

        Answer mixed = endpoint.post(batch, "Content-Type", BATCH);
        Answer again = endpoint.post(batch, "Content-Type", BATCH);

        List<String> runs = JsonPath.from(mixed.body()).getList("runIds", String.class);
        assertThat(runs).hasSize(3);
        assertThat(runs.get(1)).isEqualTo(first.toString());
        assertThat(runs.get(0)).isEqualTo(runs.get(2)).isNotEqualTo(first.toString());
        assertThat(endpoint.event(UUID.fromString(runs.getFirst()), "{body}")).isEqualTo("2");
        assertThat(again.body()).isEqualTo(mixed.body());
        assertThat(endpoint.runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/a\"}; one; /id",
                "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/a\",\"id\":7}; one; /id",
                "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"\",\"id\":\"1\"}; one; /source",
                "{\"specversion\":\"0.3\",\"type\":\"t\",\"source\":\"/a\",\"id\":\"1\"}; one; /specversion",
                "[]; one; ``",
                "{\"a\":; one; ``",
                "[{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/a\",\"id\":\"1\"},{\"id\":\"2\"}]; batch; /1/source",
                "[7]; batch; /0",
                "{}; batch; ``",
                "nothing; batch; ``"
            })
    void malformedEventIsRefusedWithItsPlace(String body, String form, String pointer) {
        Answer answer = endpoint.post(body, "Content-Type", form.equals("one") ? ONE : BATCH);

        answer.refused(400, "invalid-fields");
        assertThat(JsonPath.from(answer.body()).getString("errors[0].pointer")).isEqualTo(pointer);
        assertThat(endpoint.runs()).isZero();
        assertThat(Traffic.of(endpoint).newest("refused").getInt("call.status")).isEqualTo(400);
    }

    @Test
    void binaryEventWithoutAnIdIsRefused() {
        Answer answer = endpoint.post("1", "ce-specversion", "1.0", "ce-type", "t", "ce-source", "/a");

        answer.refused(400, "invalid-fields");
        assertThat(JsonPath.from(answer.body()).getString("errors[0].pointer")).contains("ce-id");
    }

    @Test
    void emptyBatchIsTakenAndStartsNothing() {
        Answer answer = endpoint.post("[]", "Content-Type", BATCH);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(JsonPath.from(answer.body()).getString("outcome")).isEqualTo("filtered");
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void filterLooksAtEachEventOfABatch() {
        TestEndpoint filtered =
                TestEndpoint.of("none").withIntake("{\"filter\":\"body > 1\"}").deploy();

        Answer answer =
                filtered.post("[" + event("/a", "1", "1") + "," + event("/a", "2", "2") + "]", "Content-Type", BATCH);

        assertThat(JsonPath.from(answer.body()).getList("runIds")).hasSize(1);
        assertThat(filtered.event(answer.runId(), "{body}")).isEqualTo("2");
    }
}
