package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.contract.integration.Integration;
import io.sluice.integrations.person.Preferences;
import java.util.List;
import java.util.Map;

/** Templates of what is not about one integration. */
@CheckedTemplate(basePath = "ui")
final class HomePages {

    private HomePages() {}

    /**
     * @param failing those whose last run failed
     * @param recent those that ran last
     */
    static native TemplateInstance home(
            Shell shell,
            int total,
            Map<String, Integer> counts,
            List<Integration> failing,
            List<Integration> recent);

    static native TemplateInstance preferences(
            Shell shell, Preferences preferences, List<String> zones, Message message);
}
