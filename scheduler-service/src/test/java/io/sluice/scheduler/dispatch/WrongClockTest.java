package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.run.executor.Executor;
import io.sluice.scheduler.schedule.ScheduleSink;
import io.sluice.scheduler.testsupport.Database;
import io.sluice.scheduler.testsupport.Deployed;
import io.sluice.scheduler.testsupport.ServiceStack;
import io.sluice.scheduler.testsupport.ShiftedClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica whose clock is ten minutes ahead, or back: the database's clock alone says what is due. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
@TestProfile(ShiftedClock.Profile.class)
class WrongClockTest {

    private static final int SCHEDULES = 200;
    private static final long INSTANTS = 2_000;

    @Inject
    Dispatcher dispatcher;

    @Inject
    DueStore store;

    @Inject
    ScheduleSink sink;

    @Inject
    Jdbi jdbi;

    @Inject
    Executor executor;

    @Inject
    InstantSource clock;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Deployed deployed;

    @BeforeEach
    void calm() {
        executor.stop();
        Database.execute("delete from due");
        deployed = new Deployed(jdbi, sink);
    }

    @AfterEach
    void rightAgain() {
        ShiftedClock.setWrongBy(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M"})
    void whatIsDueIsFiredAndWhatIsNotIsNot(Duration wrongBy) {
        ShiftedClock.setWrongBy(wrongBy);
        UUID due = deployed.add("PT1H", now.minusSeconds(7_200), "none", "skip");
        UUID inFiveMinutes = deployed.add("PT1H", now.minusSeconds(7_200).plusSeconds(300), "none", "skip");
        deployed.deploy();
        Deployed.due(due, now);

        assertThat(Duration.between(Instant.now(), clock.instant()).toMinutes())
                .isBetween(-10L, 10L)
                .isNotZero();
        assertThat(dispatcher.dispatchDue()).isEqualTo(1);

        assertThat(Deployed.outcomes(due, "ran")).as("on time, not late").isEqualTo(1);
        assertThat(Deployed.next(due)).isEqualTo(now.plusSeconds(3_600));
        assertThat(Deployed.next(inFiveMinutes)).isEqualTo(now.plusSeconds(300));
        assertThat(store.untilNext(null).orElseThrow()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(Database.has(
                        "select 1 from firing f join open_run q on q.id = f.run_id"
                                + " where f.schedule_id = ? and f.fired_at between now() - interval '1 minute' and now()"
                                + " and q.not_before <= now()"
                                + " and (q.event ->> 'firedAt')::timestamptz between now() - interval '1 minute' and now()",
                        due))
                .as("told by the database's clock, and to be run at once")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M"})
    void whatIsPlannedBeginsNow(Duration wrongBy) {
        ShiftedClock.setWrongBy(wrongBy);
        UUID minutely = deployed.add("PT1M", now.minusSeconds(7_200));
        UUID once = deployed.add("PT1M", now);
        deployed.set("every", null).set("at", now.plusSeconds(300).toString());

        deployed.deploy();

        assertThat(Deployed.next(minutely)).isBetween(now.plusSeconds(1), now.plusSeconds(120));
        assertThat(Deployed.next(once)).isEqualTo(now.plusSeconds(300));
    }

    @Test
    void oneAheadAndOneBackFireEachInstantOnceAndNoneTooEarly() throws Exception {
        for (int i = 0; i < SCHEDULES; i++) {
            deployed.add("PT1S", now.minusSeconds(60), "all", "allow");
            deployed.set("catchUpEvery", "PT0S");
        }
        deployed.deploy();

        List<Integer> fired = untilEnough(Duration.ofMinutes(10), Duration.ofMinutes(-10));

        UUID integration = deployed.integrationId();
        String firings = " from firing f join schedule s on s.id = f.schedule_id where s.integration_id = ?";
        assertThat(fired).as("both had work").allMatch(count -> count > 0);
        assertThat(Database.count("select count(*)" + firings + " and f.outcome <> 'ran'", integration))
                .isZero();
        assertThat(Database.count("select count(*)" + firings + " and f.fired_at < f.nominal_at", integration))
                .as("too early")
                .isZero();
        assertThat(Database.count(
                        "select count(*) from (select count(*) as told, max(f.nominal_at) - min(f.nominal_at) as span"
                                + firings + " group by f.schedule_id) one where told <> extract(epoch from span) + 1",
                        integration))
                .as("schedules with a gap")
                .isZero();
        assertThat(Database.count("select count(*) from open_run where integration_id = ?", integration))
                .isEqualTo(Database.count("select count(*)" + firings, integration));
    }

    /** Two replicas, until so many instants are over. */
    private List<Integer> untilEnough(Duration... wrongBy) throws Exception {
        List<Integer> fired = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(wrongBy.length)) {
            List<Future<Integer>> working = new ArrayList<>();
            for (Duration shift : wrongBy) {
                working.add(replicas.submit(() -> {
                    ShiftedClock.setWrongBy(shift);
                    int sum = 0;
                    while (Database.count("select count(*) from firing where outcome = 'ran'") < INSTANTS) {
                        sum += dispatcher.dispatchDue();
                        dispatcher.dispatchWaiting();
                    }
                    return sum;
                }));
            }
            for (Future<Integer> replica : working) {
                fired.add(replica.get(120, TimeUnit.SECONDS));
            }
        }
        Database.execute("delete from due");
        await().until(() -> dispatcher.dispatchWaiting() == 0 && !Database.has("select 1 from waiting_firing"));
        return fired;
    }
}
