package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.run.executor.Executor;
import io.sluice.scheduler.schedule.ScheduleSink;
import io.sluice.scheduler.schedule.Schedules;
import io.sluice.scheduler.testsupport.Database;
import io.sluice.scheduler.testsupport.Deployed;
import io.sluice.scheduler.testsupport.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of instants that overlap, were missed, are left out, or belong to a schedule that is paused. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class PoliciesTest {

    @Inject
    Dispatcher dispatcher;

    @Inject
    Schedules schedules;

    @Inject
    ScheduleSink sink;

    @Inject
    Jdbi jdbi;

    @Inject
    Executor executor;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Deployed deployed;

    @BeforeEach
    void calm() {
        // Runs stay in the queue: what happens to them is the engine's matter.
        executor.stop();
        Database.execute("delete from due");
        Database.execute("delete from waiting_firing");
        deployed = new Deployed(jdbi, sink);
    }

    @Test
    void everyInstantWaitsForTheRunBeforeWhereAllAreQueued() {
        UUID schedule = everySecond("queueAll");
        until(dispatcher::dispatchDue, schedule, "pending", 2);

        dispatcher.dispatchWaiting();
        assertThat(Deployed.outcomes(schedule, "ran"))
                .as("the run before goes on")
                .isEqualTo(1);

        Database.execute("delete from due");
        for (int ran = 2; ran <= 3; ran++) {
            end(schedule, "succeeded");
            until(dispatcher::dispatchWaiting, schedule, "ran", ran);
        }
        assertThat(Database.count(
                        "select count(*) from firing where schedule_id = ? and outcome in ('skipped', 'missed')",
                        schedule))
                .isZero();
    }

    @Test
    void onlyTheNewestWaitsWhereOneIsQueued() {
        UUID schedule = everySecond("queueOne");
        until(dispatcher::dispatchDue, schedule, "skipped", 1);

        assertThat(Deployed.outcomes(schedule, "pending")).isEqualTo(1);
        assertThat(reasons(schedule)).containsOnly("overtaken");
        assertThat(Database.has(
                        "select 1 from firing p join firing s on s.schedule_id = p.schedule_id"
                                + " where p.schedule_id = ? and p.outcome = 'pending' and s.outcome = 'skipped'"
                                + " and s.nominal_at < p.nominal_at",
                        schedule))
                .isTrue();
        end(schedule, "succeeded");
        until(dispatcher::dispatchWaiting, schedule, "ran", 2);
    }

    @Test
    void runThatGoesOnIsCancelledForTheNewestInstant() {
        UUID schedule = everySecond("cancelRunning");
        until(dispatcher::dispatchDue, schedule, "pending", 1);

        // Nobody held it: it ended at once.
        assertThat(Database.count(
                        "select count(*) from run where integration_id = ? and status = 'cancelled'",
                        deployed.integrationId()))
                .isEqualTo(1);
        until(dispatcher::dispatchWaiting, schedule, "ran", 2);
    }

    @Test
    void allMissedInstantsAreFiredOneAfterTheOther() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)), "all", "allow");
        deployed.set("catchUpMost", 3).set("catchUpEvery", "PT0.2S").deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(50)));

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.outcomes(schedule, "missed")).isEqualTo(3);
        assertThat(Deployed.outcomes(schedule, "pending")).isEqualTo(2);
        until(dispatcher::dispatchWaiting, schedule, "ran", 3);
        assertThat(Database.count(
                        "select count(distinct event ->> 'nominalAt') from open_run where schedule_id = ?", schedule))
                .isEqualTo(3);
    }

    @Test
    void excludedInstantsAreSkippedAndToldSo() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)));
        deployed.set(
                        "excluded",
                        List.of(Map.of(
                                "from", local(now.minus(Duration.ofMinutes(35))),
                                "to", local(now.minus(Duration.ofMinutes(15))))))
                .deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(50)));

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.outcomes(schedule, "missed")).isEqualTo(3);
        assertThat(Deployed.outcomes(schedule, "skipped")).isEqualTo(2);
        assertThat(reasons(schedule)).containsOnly("excluded");
    }

    @Test
    void pauseIsCaughtUpWithWhenItEnds() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)));
        deployed.deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(50)));
        deployed.set("enabled", false).deploy();
        assertThat(Deployed.isScheduled(schedule)).isFalse();

        deployed.set("enabled", true).deploy();
        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.outcomes(schedule, "skipped")).isEqualTo(5);
        assertThat(reasons(schedule)).containsOnly("paused");
    }

    @Test
    void pauseMayBeCaughtUpWithInAnotherWayThisOnce() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofMinutes(605)));
        deployed.deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(55)));
        deployed.set("enabled", false).deploy();

        schedules.resume(deployed.tenant(), schedule, new ResumeSchedule("none"));
        deployed.set("enabled", true).deploy();
        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isZero();
        assertThat(Deployed.outcomes(schedule, "skipped")).isEqualTo(6);
        assertThat(Deployed.next(schedule)).isAfter(now);
        // Only this once.
        assertThat(Database.has(
                        "select 1 from schedule where id = ? and resume_catch_up is null and resumed_at is null",
                        schedule))
                .isTrue();
    }

    @Test
    void otherRuleBeginsAnewAfterAPause() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)));
        deployed.deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(50)));
        deployed.set("enabled", false).deploy();

        deployed.set("enabled", true).set("every", "PT7H").deploy();

        assertThat(dispatcher.dispatchDue()).isZero();
        assertThat(Deployed.next(schedule)).isAfter(now);
    }

    @Test
    void settingsBesideTheRuleLeaveTheNextInstant() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Deployed.due(schedule, now.minusSeconds(20));

        deployed.set("overlap", "allow").deploy();

        assertThat(dispatcher.dispatchDue()).isEqualTo(1);
        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
    }

    @Test
    void scheduleThatFailsTooOftenIsPausedUntilAPersonLetsItGoOn() {
        UUID schedule = everySecond("allow", Map.of("pauseAfterFailures", 2));
        until(dispatcher::dispatchDue, schedule, "ran", 1);
        end(schedule, "failed");
        until(dispatcher::dispatchDue, schedule, "ran", 2);
        end(schedule, "failed");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            dispatcher.dispatchDue();
            assertThat(Deployed.isScheduled(schedule)).isFalse();
        });

        ScheduleState paused = schedules.state(deployed.tenant(), schedule);
        assertThat(paused.pauseReason()).isEqualTo("Its last 2 runs failed.");
        assertThat(paused.nextAt()).isNull();
        // A new revision of the integration alone does not let it go on.
        deployed.deploy();
        deployed.set("catchUp", "none").deploy();
        assertThat(Deployed.isScheduled(schedule)).isFalse();

        schedules.resume(deployed.tenant(), schedule, new ResumeSchedule(null));
        until(dispatcher::dispatchDue, schedule, "ran", 3);

        assertThat(schedules.state(deployed.tenant(), schedule).pausedAt()).isNull();
    }

    @Test
    void ruleThatIsUnderstoodNoMorePausesItsScheduleWithANote() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        // As when a zone has left the time zone database.
        Database.execute(
                "update schedule set settings = jsonb_set(settings, '{zone}', '\"Mars/Olympus\"') where id = ?",
                schedule);
        Deployed.due(schedule, now);

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "failed")).isEqualTo(1);
        assertThat(schedules.state(deployed.tenant(), schedule).pauseReason()).contains("Mars/Olympus");
    }

    @Test
    void adaptiveIntervalFollowsWhatTheRunsFind() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)), "last", "allow");
        deployed.set("adaptive", Map.of("min", "PT4M", "max", "PT12M")).deploy();

        assertThat(intervalAfter(schedule, false)).isEqualTo(600);
        assertThat(intervalAfter(schedule, false)).isEqualTo(720);
        assertThat(intervalAfter(schedule, true)).isEqualTo(360);
        assertThat(intervalAfter(schedule, true)).isEqualTo(240);
    }

    /** The interval that is set when the last run did or did not move the cursor. */
    private long intervalAfter(UUID schedule, boolean found) {
        Database.execute("delete from flow_context where integration_id = ?", deployed.integrationId());
        if (found) {
            Database.execute(
                    "insert into flow_context (integration_id, tenant, value, version, changed_by, changed_at)"
                            + " select ?, ?, '{}', 1, run_id, now() from firing"
                            + " where schedule_id = ? and outcome = 'ran' order by nominal_at desc limit 1",
                    deployed.integrationId(),
                    deployed.tenant(),
                    schedule);
        }
        Instant last = Deployed.next(schedule);
        Database.execute("update due set next_fire_at = now() where schedule_id = ?", schedule);
        dispatcher.dispatchDue();
        return Database.count(
                "select extract(epoch from nominal_at - ?::timestamptz)::bigint from due where schedule_id = ?",
                last.toString(),
                schedule);
    }

    @Test
    void jitterDelaysTheInstantAndKeepsItsName() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.set("jitter", "PT20M").deploy();

        assertThat(Database.has(
                        "select 1 from due where schedule_id = ? and next_fire_at > nominal_at"
                                + " and next_fire_at <= nominal_at + interval '20 minutes'"
                                + " and (extract(epoch from nominal_at)::bigint - ?) % 3600 = 0",
                        schedule, now.getEpochSecond()))
                .isTrue();
    }

    @Test
    void deletedScheduleLeavesNothingThatWaits() {
        UUID schedule = everySecond("queueAll");
        until(dispatcher::dispatchDue, schedule, "pending", 2);

        deployed.removeLast().deploy();

        assertThat(dispatcher.dispatchWaiting()).isZero();
        assertThat(Deployed.outcomes(schedule, "pending")).isZero();
        assertThat(reasons(schedule)).containsOnly("removed");
    }

    @Test
    void whatIsDueOnceFiresThoughItsMomentWentByOnItsWayHere() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.set("every", null).set("at", now.minusSeconds(2).toString()).deploy();

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.isScheduled(schedule)).isFalse();
    }

    private UUID everySecond(String overlap) {
        return everySecond(overlap, Map.of());
    }

    private UUID everySecond(String overlap, Map<String, Object> more) {
        UUID schedule = deployed.add("PT1S", now.minusSeconds(60), "last", overlap);
        more.forEach(deployed::set);
        deployed.deploy();
        return schedule;
    }

    private void end(UUID schedule, String status) {
        Database.execute("""
                with gone as (delete from open_run where schedule_id = ? returning *)
                insert into run (id, retention, tenant, integration_id, trigger, status, attempt, template, flow_digest,
                                 params, event, key_root, created_at, started_at, ended_at)
                select id, retention, tenant, integration_id, trigger, ?, attempt, template, flow_digest, params, event,
                       key_root, created_at, now(), now()
                  from gone
                """, schedule, status);
    }

    private static String local(Instant at) {
        return at.toString().replace("Z", "");
    }

    private static List<String> reasons(UUID schedule) {
        return List.of(Database.text(
                        "select string_agg(distinct reason, ',') from firing where schedule_id = ? and outcome = 'skipped'",
                        schedule)
                .split(",", -1));
    }

    private static void until(IntSupplier look, UUID schedule, String outcome, long times) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    int _ = look.getAsInt();
                    assertThat(Deployed.outcomes(schedule, outcome)).isGreaterThanOrEqualTo(times);
                });
    }
}
