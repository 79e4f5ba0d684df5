package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ServiceName;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the scheduler: the schedule goes on, and no instant starts twice. */
@SystemTest
class SchedulerCrashIT {

    private final Sluice sluice;

    SchedulerCrashIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void aScheduleGoesOnAfterTheKillWithEachInstantOnce() {
        EchoTarget target = sluice.demo().echo();
        Integration poll = sluice.library()
                .install(
                        "library/poll-to-http",
                        Map.of("source", sluice.demo().echo().url("delay=500"), "url", target.url()));
        poll.addSchedule(Map.of("every", "PT2S"));
        int before = poll.awaitRuns(2, "schedule", "succeeded").size();

        sluice.service(ServiceName.SCHEDULER).kill();
        sluice.restart(ServiceName.SCHEDULER);
        List<JsonNode> runs = poll.awaitRuns(before + 2, "schedule", "succeeded");

        List<String> instants = runs.stream()
                .map(run -> poll.api().run(run.path("id").asText()))
                .map(run -> run.at("/event/nominalAt").asText())
                .toList();
        assertThat(instants).doesNotHaveDuplicates().doesNotContain("");
        assertThat(Json.texts(runs, "/id")).doesNotHaveDuplicates();
    }
}
