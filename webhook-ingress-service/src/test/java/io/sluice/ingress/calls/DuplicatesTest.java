package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class DuplicatesTest {

    private final TestEndpoint endpoint =
            TestEndpoint.of("none").with("eventIdHeader", "X-Event-Id").deploy();

    @Test
    void sameEventIdGivesTheFirstAnswerAndStartsNothing() {
        UUID first = endpoint.post("{\"n\":1}", "X-Event-Id", "e1").runId();
        UUID again = endpoint.post("{\"n\":2}", "X-Event-Id", "e1").runId();

        assertThat(again).isEqualTo(first);
        assertThat(endpoint.runs()).isEqualTo(1);
        assertThat(endpoint.event(first, "{body,n}")).isEqualTo("1");
    }

    @Test
    void sameEventIdTwentyTimesAtOnceStartsOneRun() throws Exception {
        for (int round = 0; round < 5; round++) {
            String id = "round " + round;
            long before = endpoint.runs();

            Set<UUID> runs = new TreeSet<>(
                    atOnce(20, () -> endpoint.post("{}", "X-Event-Id", id).runId()));

            assertThat(runs).hasSize(1);
            assertThat(endpoint.runs()).isEqualTo(before + 1);
        }
    }

    @Test
    void otherEventIdsStartRunsOfTheirOwn() throws Exception {
        List<UUID> runs = atOnce(
                20,
                () -> endpoint.post("{}", "X-Event-Id", UUID.randomUUID().toString())
                        .runId());

        assertThat(runs).doesNotHaveDuplicates();
        assertThat(endpoint.runs()).isEqualTo(20);
    }

    @Test
    void callsWithoutAnEventIdAreNeverDuplicates() {
        UUID first = endpoint.post("{}").runId();
        UUID second = endpoint.post("{}").runId();
        UUID blank = endpoint.post("{}", "X-Event-Id", " ").runId();

        assertThat(Set.of(first, second, blank)).hasSize(3);
    }

    @Test
    void expiredEventIdStartsANewRun() {
        UUID first = endpoint.post("{}", "X-Event-Id", "e1").runId();
        Database.execute(
                "update event_id set expires_at = now() - interval '1 second' where integration_id = ?",
                endpoint.integrationId());

        UUID second = endpoint.post("{}", "X-Event-Id", "e1").runId();
        UUID third = endpoint.post("{}", "X-Event-Id", "e1").runId();

        assertThat(second).isNotEqualTo(first);
        assertThat(third).isEqualTo(second);
        assertThat(endpoint.runs()).isEqualTo(2);
    }

    @Test
    void sameEventIdOfAnotherIntegrationIsAnotherEvent() {
        TestEndpoint other =
                TestEndpoint.of("none").with("eventIdHeader", "X-Event-Id").deploy();

        UUID here = endpoint.post("{}", "X-Event-Id", "e1").runId();
        UUID there = other.post("{}", "X-Event-Id", "e1").runId();

        assertThat(there).isNotEqualTo(here);
    }

    @Test
    void eventIdStaysKnownOverARotation() {
        UUID first = endpoint.post("{}", "X-Event-Id", "e1").runId();
        endpoint.rotated(java.time.Duration.ZERO);

        assertThat(endpoint.post("{}", "X-Event-Id", "e1").runId()).isEqualTo(first);
    }

    @Test
    void eventIdMayStandInTheBody() {
        TestEndpoint inBody =
                TestEndpoint.of("none").with("eventIdPointer", "/meta/id").deploy();

        UUID first = inBody.post("{\"meta\":{\"id\":7}}").runId();
        UUID again = inBody.post("{\"meta\":{\"id\":7},\"more\":1}").runId();
        UUID other = inBody.post("{\"meta\":{\"id\":8}}").runId();
        UUID without = inBody.post("{\"meta\":{}}").runId();
        UUID broken = inBody.post("{\"meta\":").runId();

        assertThat(again).isEqualTo(first);
        assertThat(Set.of(first, other, without, broken)).hasSize(4);
    }

    @Test
    void standardWebhooksBringTheirEventId() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        TestEndpoint signed = TestEndpoint.of("standard-webhooks", secret).deploy();

        UUID first = signed.post("{}", Signed.standard(secret, "msg_1", Signed.now(), "{}"))
                .runId();
        // A retry is signed anew.
        UUID again = signed.post("{}", Signed.standard(secret, "msg_1", Signed.now() + 1, "{}"))
                .runId();

        assertThat(again).isEqualTo(first);
    }

    @Test
    void wooCommerceDeliveryIdsOfOneSecondAreToldApartByTheirBodies() {
        TestEndpoint shop = TestEndpoint.of("woocommerce", "woo secret").deploy();

        UUID first = shop.post("{\"id\":1}", woo("{\"id\":1}", "abc")).runId();
        UUID retried = shop.post("{\"id\":1}", woo("{\"id\":1}", "abc")).runId();
        UUID second = shop.post("{\"id\":2}", woo("{\"id\":2}", "abc")).runId();

        assertThat(retried).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void callThatIsRefusedDoesNotUseUpItsEventId() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        TestEndpoint signed = TestEndpoint.of("standard-webhooks", secret).deploy();
        signed.post("{}", Signed.standard(secret, "msg_1", Signed.now(), "{ }")).refused(401, "bad-signature");

        assertThat(signed.post("{}", Signed.standard(secret, "msg_1", Signed.now(), "{}"))
                        .runId())
                .isNotNull();
        assertThat(signed.runs()).isEqualTo(1);
    }

    private static String[] woo(String body, String delivery) {
        return new String[] {
            "X-WC-Webhook-Signature",
            Signed.base64("HmacSHA256", "woo secret", body),
            "X-WC-Webhook-Delivery-ID",
            delivery
        };
    }

    private interface Call {
        UUID make();
    }

    private static List<UUID> atOnce(int callers, Call call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<UUID> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<UUID>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(() -> {
                    start.await();
                    return call.make();
                }));
            }
            start.countDown();
            for (Future<UUID> made : calls) {
                runs.add(made.get(60, TimeUnit.SECONDS));
            }
        }
        return runs;
    }
}
