package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.platform.Keys;
import io.sluice.benchmarks.platform.PackagedService;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.benchmarks.queue.Server;
import java.nio.file.Path;

/** The packaged scheduler-service. */
final class SchedulerProcess {

    private SchedulerProcess() {}

    /** Starts a replica, and does not wait for it. */
    static PackagedService start(Server.Database database, PlatformStub platform, Keys keys, int replica) {
        Path folder = Path.of(System.getProperty("sluice.root", "."), "benchmarks", "target", "scheduler")
                .toAbsolutePath()
                .normalize();
        var kind =
                new PackagedService.Kind("scheduler-service", "scheduler-" + replica, "SLUICE_BENCH_SCHEDULER_OPTIONS");
        return new PackagedService(kind, database, platform, keys.privateKey(), folder);
    }
}
