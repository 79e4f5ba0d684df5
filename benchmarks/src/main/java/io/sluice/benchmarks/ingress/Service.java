package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.platform.PackagedService;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.benchmarks.process.JvmProbe;
import io.sluice.benchmarks.queue.Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packaged webhook-ingress-service, with a look into its memory. */
final class Service implements AutoCloseable {

    static final List<String> OPTIONS = PackagedService.OPTIONS;

    private static final PackagedService.Kind KIND =
            new PackagedService.Kind("webhook-ingress-service", "ingress", "SLUICE_BENCH_INGRESS_OPTIONS");

    private final PackagedService process;
    private @Nullable JvmProbe probe;

    Service(Server.Database database, PlatformStub platform, String sealingKey, Path folder) {
        process = new PackagedService(KIND, database, platform, sealingKey, folder);
        process.awaitReady();
    }

    URI url() {
        return process.url();
    }

    double residentMegabytes() {
        return Machine.residentMegabytes(process.pid());
    }

    /** What a collection that is made for this leaves. */
    double heapMegabytes() {
        if (probe == null) {
            probe = new JvmProbe(process.pid());
        }
        return probe.heapMegabytes();
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
        process.close();
    }
}
