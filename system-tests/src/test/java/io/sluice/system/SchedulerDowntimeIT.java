package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ServiceName;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.load.Plans;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scheduler was down for six hours: what becomes of each instant follows from the schedule's policy. */
@SystemTest
class SchedulerDowntimeIT {

    private static final Duration DOWNTIME = Duration.ofHours(6);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int MISSED = (int) DOWNTIME.dividedBy(EVERY);

    private final Sluice sluice;
    private final Integration integration;
    private final Plans plans;

    /** Not on time any more when the scheduler is back, and long before the next. */
    private final Instant newest = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(3));

    SchedulerDowntimeIT(Sluice sluice) {
        this.sluice = sluice;
        this.integration = new OwnFlows(sluice).installScheduled("- done: {set: {ok: '${ true }'}}\n");
        this.plans = new Plans(sluice.stack().database(), integration.id());
    }

    @Test
    void theLedgerTellsWhatEachPolicySays() {
        String none = add(Map.of("catchUp", "none"));
        String last = add(Map.of("catchUp", "last"));
        String lastOfTooOld = add(Map.of("catchUp", "last", "catchUpWindow", "PT2M"));
        String all = add(Map.of("catchUp", "all", "catchUpEvery", "PT0S"));
        String allOfThreeHours = add(Map.of("catchUp", "all", "catchUpWindow", "PT3H"));
        String fiveAtMost = add(Map.of("catchUp", "all", "catchUpMost", 5));

        downForSixHours(6);

        requireLedger(none, 0);
        requireLedger(last, 1);
        requireLedger(lastOfTooOld, 0);
        requireLedger(all, MISSED);
        requireLedger(allOfThreeHours, MISSED / 2);
        requireLedger(fiveAtMost, 5);
    }

    private String add(Map<String, Object> policy) {
        Map<String, Object> settings = new HashMap<>(policy);
        settings.put("every", EVERY.toString());
        settings.put("activateOn", newest.minus(DOWNTIME.multipliedBy(2)).toString());
        return integration.addSchedule(settings);
    }

    private void downForSixHours(int schedules) {
        Patience.soon().until(() -> plans.next().size() == schedules);
        sluice.service(ServiceName.SCHEDULER).stop();
        assertThat(plans.next().values()).containsOnly(newest.plus(EVERY));
        plans.moveBack(DOWNTIME);
        sluice.restart(ServiceName.SCHEDULER);
        Patience.afterTakeover().until(() -> new HashSet<>(plans.next().values()).equals(Set.of(newest.plus(EVERY))));
    }

    /** The newest so many ran, those before did not. */
    private void requireLedger(String schedule, int ran) {
        List<JsonNode> ledger = Patience.soon()
                .until(
                        () -> integration.firings(schedule),
                        firings -> !Json.texts(firings, "/outcome").contains("pending"));

        assertThat(Json.texts(ledger, "/nominalAt"))
                .isEqualTo(LongStream.range(0, MISSED)
                        .mapToObj(i -> newest.minus(EVERY.multipliedBy(i)).toString())
                        .toList());
        assertThat(Json.texts(ledger, "/outcome"))
                .isEqualTo(Stream.concat(
                                Stream.generate(() -> "ran").limit(ran),
                                Stream.generate(() -> "missed").limit(MISSED - ran))
                        .toList());
        assertThat(Json.texts(ledger.subList(ran, MISSED), "/reason")).allMatch("down or late"::equals);
        assertThat(Json.texts(ledger.subList(0, ran), "/firedAt").stream()
                        .map(Instant::parse)
                        .toList()
                        .reversed())
                .as("oldest first")
                .isSorted();
        ledger.subList(0, ran)
                .forEach(firing -> assertThat(integration
                                .api()
                                .run(firing.path("runId").asText())
                                .at("/event/nominalAt"))
                        .isEqualTo(firing.path("nominalAt")));
        assertThat(integration.schedule(schedule).path("nextAt").asText())
                .isEqualTo(newest.plus(EVERY).toString());
    }
}
