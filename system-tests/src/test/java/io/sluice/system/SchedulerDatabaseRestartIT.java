package io.sluice.system;

import io.sluice.local.DatabaseServer;
import io.sluice.local.ServiceName;
import io.sluice.system.client.Patience;
import io.sluice.system.load.StoredFirings;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PostgreSQL crashes and stops while schedules fire: each instant, also of the time between, runs once. */
@SystemTest
class SchedulerDatabaseRestartIT {

    private static final int SCHEDULES = 300;

    /** Some seconds' worth. */
    private static final long BETWEEN_RESTARTS = 3_000;

    private final Sluice sluice;

    SchedulerDatabaseRestartIT(Sluice sluice) {
        this.sluice = sluice;
        sluice.replica(ServiceName.SCHEDULER, Map.of());
    }

    @Test
    void eachInstantRunsOnceThoughTheDatabaseGoesAway() {
        StoredFirings stored = StoredFirings.eachSecond(sluice, SCHEDULES);
        DatabaseServer database = sluice.stack().database();
        List<Runnable> ends = List.of(database::kill, database::stop, database::kill, database::stop);

        for (Runnable end : ends) {
            goOn(stored);
            end.run();
            database.start();
        }
        goOn(stored);
        stored.stop();

        System.out.printf(
                "PostgreSQL went away %d times while %d schedules fired each second:%n", ends.size(), SCHEDULES);
        stored.requireEachInstantOnce();
    }

    private static void goOn(StoredFirings stored) {
        long moment = stored.over() + BETWEEN_RESTARTS;
        Patience.closely().until(() -> stored.over() >= moment);
    }
}
