package io.sluice.local.demo;

import java.time.Instant;

/**
 * A webhook of the shop, as WooCommerce has them.
 *
 * @param ping what became of the ping, in words; empty as long as none was sent
 */
record ShopWebhook(
        int id,
        String name,
        Status status,
        String topic,
        String deliveryUrl,
        String secret,
        int failureCount,
        String ping,
        Instant createdAt,
        Instant modifiedAt) {

    /** WooCommerce's limit: the webhook is switched off by the failure that finds more than so many before it. */
    private static final int MOST_FAILURES = 5;

    /** In the lower case of the wire. */
    enum Status {
        active,
        paused,
        disabled
    }

    String resource() {
        return topic.substring(0, topic.indexOf('.'));
    }

    String event() {
        return topic.substring(topic.indexOf('.') + 1);
    }

    ShopWebhook pinged(String result) {
        return new ShopWebhook(
                id, name, status, topic, deliveryUrl, secret, failureCount, result, createdAt, modifiedAt);
    }

    ShopWebhook succeeded() {
        return new ShopWebhook(id, name, status, topic, deliveryUrl, secret, 0, ping, createdAt, modifiedAt);
    }

    ShopWebhook failed() {
        boolean enough = failureCount > MOST_FAILURES;
        return new ShopWebhook(
                id,
                name,
                enough ? Status.disabled : status,
                topic,
                deliveryUrl,
                secret,
                enough ? failureCount : failureCount + 1,
                ping,
                createdAt,
                modifiedAt);
    }
}
