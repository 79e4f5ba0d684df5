package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A place for a secret on the webhook tab. What is typed there is never shown again.
 *
 * @param name of its input
 * @param stored empty, the mask, or a connection's id
 * @param chosen the connection that is selected, or empty
 */
public record SecretSlot(int index, String name, String stored, String chosen) {

    /** The second one is for the time in which a sender changes from one to the other. */
    private static final List<String> NAMES = List.of("secret", "secret2");

    static List<SecretSlot> of(Verification stored) {
        List<String> secrets = stored(stored, stored.scheme());
        List<SecretSlot> slots = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String secret = i < secrets.size() ? secrets.get(i) : "";
            slots.add(new SecretSlot(i, NAMES.get(i), secret, secret.equals(Verification.MASK) ? "" : secret));
        }
        return slots;
    }

    static List<SecretSlot> of(MultivaluedMap<String, String> form, Verification stored) {
        return of(stored).stream()
                .map(slot -> new SecretSlot(
                        slot.index,
                        slot.name,
                        slot.stored,
                        Objects.requireNonNullElse(form.getFirst(slot.name + "Connection"), slot.chosen)))
                .toList();
    }

    /** What to write: the mask keeps what is stored at its place. */
    static List<String> wanted(MultivaluedMap<String, String> form, String scheme, Verification stored) {
        if (!VerificationScheme.of(scheme).map(VerificationScheme::hasSecrets).orElse(true)) {
            return List.of();
        }
        List<String> before = stored(stored, scheme);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String secret = wanted(form, NAMES.get(i), i < before.size() ? before.get(i) : "");
            if (!secret.isEmpty()) {
                wanted.add(secret);
            }
        }
        return wanted;
    }

    public boolean isFilled() {
        return !stored.isEmpty();
    }

    public boolean isChosen(Connection connection) {
        return connection.id().toString().equals(chosen);
    }

    private static String wanted(MultivaluedMap<String, String> form, String name, String stored) {
        String typed = Objects.requireNonNullElse(form.getFirst(name), "").strip();
        String connection = form.getFirst(name + "Connection");
        if (!typed.isEmpty()) {
            return typed;
        }
        if (connection == null) {
            return stored;
        }
        return connection.isBlank() && stored.equals(Verification.MASK) ? stored : connection.strip();
    }

    /** One scheme's secret proves nothing by another scheme. */
    private static List<String> stored(Verification stored, String scheme) {
        return stored.secrets() == null || !stored.scheme().equals(scheme) ? List.of() : stored.secrets();
    }
}
