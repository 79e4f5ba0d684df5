package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.webhook.Webhook;
import java.util.List;

/**
 * What the webhook tab shows.
 *
 * @param connections that hold a webhook's secret
 * @param curl a call from a terminal, unsigned
 * @param moreOpen whether the rare settings are unfolded
 */
public record WebhookView(
        Webhook webhook,
        WebhookForm form,
        TrafficView traffic,
        CallList calls,
        List<SenderGuide> guides,
        List<Connection> connections,
        String curl,
        boolean moreOpen) {}
