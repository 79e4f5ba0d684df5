package io.sluice.ingress.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.Management;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Endpoints that are not called though they should be. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class SilenceTest {

    private static final String HOURLY = "{\"expectEvery\":\"PT1H\"}";

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    private static TestEndpoint silentFor(String time) {
        TestEndpoint endpoint = TestEndpoint.of("none").withIntake(HOURLY).deploy();
        Database.execute(
                "update expected_call set since = now() - ?::interval where integration_id = ?",
                time,
                endpoint.integrationId());
        return endpoint;
    }

    @Test
    void endpointIsOverdueOnceItsTimeHasPassedAndNoMoreAfterACall() {
        TestEndpoint endpoint = silentFor("61 minutes");
        Traffic traffic = Traffic.of(endpoint);

        JsonPath silent = traffic.activity();
        assertThat(silent.getString("expectEvery")).isEqualTo("PT1H");
        assertThat(silent.getBoolean("overdue")).isTrue();
        assertThat(silent.getString("overdueSince")).isNotNull();

        endpoint.post("{}").runId();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(traffic.activity().getBoolean("overdue")).isFalse();
            assertThat(traffic.activity().getString("overdueSince")).isNull();
        });
    }

    @Test
    void endpointWhoseTimeHasNotPassedIsNotOverdue() {
        assertThat(Traffic.of(silentFor("59 minutes")).activity().getBoolean("overdue"))
                .isFalse();
        assertThat(Traffic.of(TestEndpoint.open()).activity().getBoolean("overdue"))
                .isFalse();
    }

    @Test
    void refusedCallsDoNotBreakTheSilence() {
        TestEndpoint endpoint = silentFor("61 minutes");
        TestEndpoint.call("GET", endpoint.token(), new byte[0]).refused(405, "method-not-allowed");
        Traffic.of(endpoint).newest("refused");

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(Traffic.of(endpoint).activity().getBoolean("overdue"))
                        .isTrue());
    }

    @Test
    void platformTeamSeesSilentEndpointsAndTheServiceStaysReady() {
        TestEndpoint endpoint = silentFor("30 days");

        await().atMost(Duration.ofSeconds(25)).untilAsserted(() -> {
            assertThat(Management.metric(metrics, "sluice_webhook_overdue")).isGreaterThanOrEqualTo(1);
            JsonPath health = Management.health(ready);
            assertThat(health.getString("status")).isEqualTo("UP");
            assertThat(health.getString("checks.find { it.name == 'webhooks' }.data.overdueIntegrations"))
                    .contains(endpoint.integrationId().toString());
        });
    }

    @Test
    void disabledEndpointIsNotWatchedAndBeginsAnewWhenItIsEnabled() {
        TestEndpoint endpoint = silentFor("61 minutes");

        endpoint.enabled(false).deploy();
        assertThat(Traffic.of(endpoint).activity().getBoolean("overdue")).isFalse();

        endpoint.enabled(true).deploy();
        assertThat(Traffic.of(endpoint).activity().getBoolean("overdue")).isFalse();
        assertThat(Traffic.of(endpoint).activity().getString("expectEvery")).isEqualTo("PT1H");
    }

    @Test
    void anotherChangeDoesNotBeginTheWaitAnew() {
        TestEndpoint endpoint = silentFor("61 minutes");

        endpoint.withMaxBody(10).deploy();
        assertThat(Traffic.of(endpoint).activity().getBoolean("overdue")).isTrue();

        endpoint.withIntake("{\"expectEvery\":\"PT2H\"}").deploy();
        assertThat(Traffic.of(endpoint).activity().getBoolean("overdue")).isFalse();
    }
}
