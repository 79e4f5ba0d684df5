package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The DSL's {@code schedule} of a flow, as the settings that a person starts from. */
final class SuggestedSchedule {

    private SuggestedSchedule() {}

    static JsonNode of(JsonNode schedule) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (schedule.path("cron").isTextual()) {
            return settings.put("cron", schedule.path("cron").textValue());
        }
        JsonNode every = schedule.path("every");
        Duration interval = every.isTextual()
                ? Duration.parse(every.textValue())
                : Duration.ofDays(every.path("days").asLong())
                        .plusHours(every.path("hours").asLong())
                        .plusMinutes(every.path("minutes").asLong())
                        .plusSeconds(every.path("seconds").asLong())
                        .plusMillis(every.path("milliseconds").asLong());
        return settings.put("every", interval.toString());
    }
}
