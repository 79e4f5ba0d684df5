package io.sluice.integrations.ui;

import io.sluice.integrations.person.Preferences;
import io.sluice.integrations.security.Caller;
import java.util.Locale;
import java.util.Objects;

/**
 * What is around every page.
 *
 * @param section the entry of the side bar that is marked
 */
public record Shell(String title, String section, Caller caller, Preferences preferences) {

    /** Of a person who has not chosen anything. */
    public Shell(String title, String section, Caller caller) {
        this(title, section, caller, Preferences.NONE);
    }

    public String initials() {
        String name = caller.name();
        return name.substring(0, Math.min(2, name.length())).toUpperCase(Locale.ROOT);
    }

    public String role() {
        return caller.canAdminister() ? "admin" : caller.canEdit() ? "editor" : "viewer";
    }

    public String theme() {
        return preferences.theme();
    }

    /** Empty until it was chosen. */
    public String zone() {
        return Objects.requireNonNullElse(preferences.zone(), "");
    }
}
