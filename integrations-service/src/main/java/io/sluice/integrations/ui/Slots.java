package io.sluice.integrations.ui;

import io.sluice.contract.template.ConnectionSlot;
import io.sluice.integrations.template.Template;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Reads which connections were chosen for a template's slots. */
final class Slots {

    private static final String PREFIX = "c.";

    private Slots() {}

    static Map<String, UUID> read(Template template, MultivaluedMap<String, String> form) {
        Map<String, UUID> chosen = new LinkedHashMap<>();
        for (ConnectionSlot slot : template.slots()) {
            String id = form.getFirst(PREFIX + slot.name());
            if (id != null && id.length() == 36) {
                chosen.put(slot.name(), UUID.fromString(id));
            }
        }
        return chosen;
    }
}
