package io.sluice.integrations.person;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a person wants to see things.
 *
 * @param zone IANA name; null until it was chosen
 * @param theme {@code system}, {@code light} or {@code dark}
 */
public record Preferences(@Nullable String zone, String theme) {

    public static final Preferences NONE = new Preferences(null, "system");

    public static final List<String> THEMES = List.of("system", "light", "dark");
}
