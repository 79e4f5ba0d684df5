package io.sluice.integrations.integration;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** Where webhook calls arrive. */
@ConfigMapping(prefix = "sluice.webhook")
public interface WebhookConfig {

    /** Public base of webhook URLs, without a slash at its end: the host that leads to webhook-ingress-service. */
    URI baseUrl();
}
