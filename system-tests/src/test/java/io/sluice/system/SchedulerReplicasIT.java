package io.sluice.system;

import io.sluice.local.ServiceName;
import io.sluice.local.ServiceProcess;
import io.sluice.system.client.Patience;
import io.sluice.system.load.StoredFirings;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three copies of the scheduler on one database, then two, one of them killed every few seconds: each instant runs once. */
@SystemTest
class SchedulerReplicasIT {

    private static final int SCHEDULES = 1_000;
    private static final long INSTANTS = 100_000;

    /** Some seconds' worth; the start of the one that was killed comes on top. */
    private static final long BETWEEN_KILLS = 2_000;

    private static final int LEAST_KILLS = 3;
    private static final int REPLICAS = 3;

    /** That runs are there is what counts, not how soon they end: the machine is for firing, and for starting again. */
    private static final Map<String, String> FEW_RUNS = Map.of("SLUICE_RUNS_CONCURRENCY", "4");

    private final Sluice sluice;
    private final List<ServiceProcess> replicas;

    SchedulerReplicasIT(Sluice sluice) {
        this.sluice = sluice;
        sluice.service(ServiceName.SCHEDULER).stop();
        this.replicas = Stream.generate(() -> sluice.replica(ServiceName.SCHEDULER, FEW_RUNS))
                .limit(REPLICAS)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void eachInstantRunsOnceThoughOneIsKilledAgainAndAgain() {
        StoredFirings stored = StoredFirings.eachSecond(sluice, SCHEDULES);
        long start = System.nanoTime();

        int kills = killInTurn(stored, INSTANTS / 2);
        replicas.removeLast().kill();
        kills += killInTurn(stored, INSTANTS);
        stored.stop();

        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.out.printf(
                "Of three schedulers, then of two, one was killed, %d times in %d s, while %d schedules fired each second:%n",
                kills, seconds, SCHEDULES);
        stored.requireEachInstantOnce();
    }

    private int killInTurn(StoredFirings stored, long instants) {
        int kills = 0;
        while (stored.over() < instants || kills < LEAST_KILLS) {
            long moment = stored.over() + BETWEEN_KILLS;
            Patience.closely().until(() -> stored.over() >= moment);
            ServiceProcess killed = replicas.get(kills++ % replicas.size());
            killed.kill();
            sluice.restart(killed);
        }
        return kills;
    }
}
