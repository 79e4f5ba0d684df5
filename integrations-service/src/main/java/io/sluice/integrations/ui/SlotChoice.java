package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.template.ConnectionSlot;
import io.sluice.integrations.connection.ConnectionStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A slot with the connections that can fill it. */
public record SlotChoice(ConnectionSlot slot, List<Connection> connections, String chosen, String error) {

    static List<SlotChoice> of(
            List<ConnectionSlot> slots, List<ConnectionStore.Stored> all, Map<String, UUID> chosen, Message message) {
        return slots.stream()
                .map(slot -> new SlotChoice(
                        slot,
                        all.stream()
                                .map(ConnectionStore.Stored::connection)
                                .filter(connection -> slot.kinds().contains(connection.kind()))
                                .toList(),
                        chosen.containsKey(slot.name())
                                ? chosen.get(slot.name()).toString()
                                : "",
                        message.about("/connections/" + slot.name())))
                .toList();
    }

    public boolean isChosen(Connection connection) {
        return connection.id().toString().equals(chosen);
    }
}
