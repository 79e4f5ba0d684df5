package io.sluice.benchmarks.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;

/** What the peers' jobs do: the same flow, so that the queues alone make the difference. */
final class Work {

    private static final EngineFlow FLOW = EngineFlow.of(Sources.orders(Language.JSONATA));
    private static final JsonNode EVENT = Sources.ordersEvent();

    private Work() {}

    static void execute() {
        if (FLOW.run(EVENT) == null) {
            throw new IllegalStateException("no result");
        }
    }
}
