package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.connection.ConnectionSettings;
import io.sluice.contract.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection in the making: a kind, a name, and the kind's fields. */
public record ConnectionForm(ConnectionKind kind, String name, Map<String, String> settings, String back) {

    /** @throws ProblemException when there is no such kind */
    static ConnectionKind kind(@Nullable String name) {
        try {
            return name == null ? ConnectionKind.BASIC : ConnectionKind.of(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("/kind", String.valueOf(e.getMessage()));
        }
    }

    static ConnectionForm empty(ConnectionKind kind, String back) {
        return new ConnectionForm(kind, "", Map.of(), back);
    }

    static ConnectionForm of(Connection stored) {
        return new ConnectionForm(stored.kind(), stored.name(), stored.settings(), "");
    }

    static ConnectionForm of(MultivaluedMap<String, String> form) {
        ConnectionKind kind = kind(form.getFirst("kind"));
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : names(kind)) {
            String value = form.getFirst("s." + setting);
            if (value != null && !value.isBlank()) {
                settings.put(setting, value.strip());
            }
        }
        return new ConnectionForm(kind, text(form, "name"), settings, text(form, "back"));
    }

    ConnectionSettings settings(MultivaluedMap<String, String> form) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String secret : kind.secrets()) {
            String value = form.getFirst("x." + secret);
            if (value != null && !value.isEmpty()) {
                secrets.put(secret, value);
            }
        }
        return new ConnectionSettings(name, kind, settings, secrets, null);
    }

    public List<String> settingNames() {
        return names(kind);
    }

    public String value(String setting) {
        return settings.getOrDefault(setting, "");
    }

    public List<ConnectionKind> kinds() {
        return List.of(ConnectionKind.values());
    }

    private static List<String> names(ConnectionKind kind) {
        List<String> names = new ArrayList<>(kind.settings());
        names.addAll(kind.optionalSettings());
        return names;
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
