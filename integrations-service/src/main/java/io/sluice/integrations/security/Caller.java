package io.sluice.integrations.security;

import java.util.Set;

/**
 * Who is calling.
 *
 * @param tenant the one that this request is about
 */
public record Caller(String tenant, String name, Set<String> roles) {

    public boolean canEdit() {
        return roles.contains("editor") || roles.contains("admin");
    }

    public boolean canAdminister() {
        return roles.contains("admin");
    }
}
