package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.integration.Integration;
import io.sluice.integrations.audit.Audit;
import io.sluice.integrations.integration.IntegrationReads;
import io.sluice.integrations.person.Preferences;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Templates of what is not about one integration. */
@CheckedTemplate(basePath = "ui")
final class HomePages {

    private HomePages() {}

    /**
     * @param failing those whose last run failed
     * @param recent those that ran last
     */
    static native TemplateInstance home(
            Shell shell, int total, Map<String, Integer> counts, List<Integration> failing, List<Integration> recent);

    /** @param probe what a test found; null when there was none */
    static native TemplateInstance connection(
            Shell shell,
            Connection connection,
            long version,
            List<IntegrationReads.Named> users,
            ConnectionForm form,
            String url,
            @Nullable ConnectionProbeResult probe,
            Message message);

    static native TemplateInstance audit(
            Shell shell, List<Audit.Entry> entries, String person, String subject, String older);

    static native TemplateInstance preferences(
            Shell shell, Preferences preferences, List<String> zones, List<String> tenants, Message message);
}
