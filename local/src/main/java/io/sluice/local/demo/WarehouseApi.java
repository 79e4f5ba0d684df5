package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The warehouse's own API beside Unleashed's: stock by cursor, and the webhook. Basic authentication. */
final class WarehouseApi {

    private static final BasicCredentials CREDENTIALS = new BasicCredentials("warehouse", "warehouse-password");

    private final Store store;
    private final Warehouse warehouse;

    WarehouseApi(Store store, Warehouse warehouse) {
        this.store = store;
        this.warehouse = warehouse;
    }

    void addTo(Router router) {
        router.on("GET", "/warehouse/stock", guarded(this::stock));
        router.on("GET", "/warehouse/webhook", guarded(_ -> Answer.json(200, webhook())));
        router.on("PUT", "/warehouse/webhook", guarded(this::setWebhook));
    }

    private static Router.Handler guarded(Router.Handler handler) {
        return call -> {
            if (CREDENTIALS.areIn(call)) {
                return handler.answer(call);
            }
            return Refused.plain(401, "The warehouse wants basic authentication")
                    .answer()
                    .with("WWW-Authenticate", "Basic realm=\"warehouse\", charset=\"UTF-8\"");
        };
    }

    private Answer stock(Call call) {
        Instant after = call.query("updated_after").map(WarehouseApi::instant).orElse(Instant.MIN);
        int limit = call.number("limit", 100, 1, 1000);
        List<StockLevel> newer = store.read().warehouse().stock().stream()
                .filter(level -> level.updatedAt().isAfter(after))
                .sorted(Comparator.comparing(StockLevel::updatedAt))
                .toList();
        var body = DemoJson.object();
        body.set("items", newer.stream().limit(limit).map(WarehouseApi::item).collect(DemoJson.toArray()));
        body.put("hasMore", newer.size() > limit);
        return Answer.json(200, body);
    }

    private static ObjectNode item(StockLevel level) {
        return DemoJson.object()
                .put("code", level.sku())
                .put("description", level.description())
                .put("onHand", level.quantity())
                .put("updatedAt", DemoJson.text(level.updatedAt()));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refused.badRequest(
                    "updated_after must be an instant such as 2026-01-31T09:00:00Z, not \"" + text + "\"");
        }
    }

    private ObjectNode webhook() {
        Optional<WebhookTarget> target = warehouse.webhook();
        return DemoJson.object()
                .put("url", target.map(WebhookTarget::url).orElse(null))
                .put("secret", target.map(WebhookTarget::secret).orElse(null));
    }

    private Answer setWebhook(Call call) {
        ObjectNode body = call.json();
        String url = text(body, "url");
        warehouse.setWebhook(url == null ? null : new WebhookTarget(url, text(body, "secret")));
        return Answer.json(200, webhook());
    }

    private static @Nullable String text(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw Refused.badRequest(name + " must be a text or null");
    }
}
