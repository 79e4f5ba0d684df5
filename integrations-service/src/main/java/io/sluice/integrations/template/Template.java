package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.template.ConnectionSlot;
import io.sluice.contract.template.TemplateTriggers;
import io.sluice.run.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template with what its document's metadata says.
 *
 * @param tenant empty for the library
 * @param digest SHA-256 of the document
 */
public record Template(
        String tenant,
        Flow flow,
        String digest,
        String howTo,
        List<String> categories,
        TemplateTriggers triggers,
        List<ConnectionSlot> slots,
        @Nullable JsonNode sampleEvent) {

    /** Namespace and name. */
    public String name() {
        return flow.namespace() + "/" + flow.name();
    }

    /** The page from which it is started. */
    public String startPath() {
        return "/library/" + name();
    }

    public FlowRef flowRef() {
        return new FlowRef(flow.reference(), digest);
    }

    /** JSON Schema of what can be chosen for one run; null when there is nothing. */
    public @Nullable JsonNode runOptions() {
        return flow.metadata().get("runOptions");
    }

    public boolean supportsWebhook() {
        return triggers.webhook() != null;
    }

    public boolean supportsSchedule() {
        return triggers.schedule() != null;
    }

    public Duration minimumInterval() {
        return Optional.ofNullable(triggers.schedule())
                .map(schedule -> Duration.parse(schedule.minimum()))
                .orElse(Duration.ofSeconds(1));
    }
}
