package io.sluice.integrations.ui;

import io.sluice.integrations.security.Caller;

/**
 * What is around every page.
 *
 * @param section the entry of the side bar that is marked
 */
public record Shell(String title, String section, Caller caller) {

    public String initials() {
        String name = caller.name();
        return name.substring(0, Math.min(2, name.length())).toUpperCase(java.util.Locale.ROOT);
    }

    public String role() {
        return caller.canAdminister() ? "admin" : caller.canEdit() ? "editor" : "viewer";
    }
}
