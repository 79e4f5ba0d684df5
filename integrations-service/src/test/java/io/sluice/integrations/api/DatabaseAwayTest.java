package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class DatabaseAwayTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @Test
    void callsAreAnswered503AndGoOnOnceItIsBack() {
        Made made = Made.byWebhook(editor, "One");
        List<Response> away = new ArrayList<>();
        Tables.away();
        try {
            away.add(editor.call().get(made.path()));
            away.add(editor.call().get("/api/v1/integrations"));
            away.add(editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook"));
        } finally {
            Tables.back();
        }

        assertThat(away).allSatisfy(answer -> {
            Problems.check(answer, 503, "unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(editor.call().get(made.path()).statusCode()).isEqualTo(200));
    }
}
