package io.sluice.ingress.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** How calls are taken in. */
@ConfigMapping(prefix = "sluice.webhook")
public interface IntakeConfig {

    /** Public base of webhook URLs: what senders sign as {@code {url}}. Never taken from a Host header. */
    URI baseUrl();

    /** How long the same event id starts nothing twice. Senders retry for up to three days. */
    @WithDefault("7d")
    Duration dedupWindow();
}
