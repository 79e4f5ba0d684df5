package io.sluice.integrations.ui;

import java.time.ZoneId;
import java.util.List;

/** The zones that a field offers; any other may be typed. */
final class ZoneChoice {

    private static final List<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone ->
                    zone.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC"))
            .sorted()
            .toList();

    private ZoneChoice() {}

    static List<String> names() {
        return NAMES;
    }
}
