package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The handles of the demo, for the forms of its page and for tests: no authentication, JSON or form. */
final class ControlDesk {

    private static final int MOST_LINES = 50;
    private static final int MOST_OF_A_LINE = 10_000;
    private static final String EMAIL = "shopper@example.com";

    private final Warehouse warehouse;
    private final Shop shop;

    ControlDesk(Warehouse warehouse, Shop shop) {
        this.warehouse = warehouse;
        this.shop = shop;
    }

    void addTo(Router router) {
        router.on("POST", "/warehouse/stock", handled(this::changeStock));
        router.on("POST", "/warehouse/webhook", handled(this::setWebhook));
        router.on("POST", "/shop/orders", handled(this::placeOrder));
        router.on("POST", "/shop/webhooks", handled(this::addWebhook));
        router.on("POST", "/shop/webhooks/{id}/delete", handled(this::removeWebhook));
    }

    /** A form leads back to the page, or to the reason why not. Other sites' pages may not use us from a browser. */
    private static Router.Handler handled(Router.Handler handler) {
        return call -> {
            if (call.header("sec-fetch-site").orElse("none").equals("cross-site")) {
                throw Refused.plain(403, "The demo takes no forms of other sites");
            }
            if (!call.isForm()) {
                return handler.answer(call);
            }
            try {
                var _ = handler.answer(call);
                return Answer.seeOther("/");
            } catch (Refused e) {
                return Answer.html(e.answer().status(), ProblemPage.render(String.valueOf(e.getMessage())));
            }
        };
    }

    private Answer changeStock(Call call) {
        StockLevel level;
        if (call.isForm()) {
            level = warehouse.changeStock(call.form("sku").orElse(""), whole("quantity", call.form("quantity")));
        } else {
            ObjectNode body = call.json();
            level = warehouse.changeStock(body.path("sku").asText(""), whole("quantity", body.path("quantity")));
        }
        return Answer.json(200, StateApi.stockLevel(level));
    }

    private Answer placeOrder(Call call) {
        if (call.isForm()) {
            var line = new Shop.Wanted(call.form("sku").orElse(""), quantity(whole("quantity", call.form("quantity"))));
            return Answer.json(
                    201, shop.placeOrder(List.of(line), email(call.form("email").orElse(""))));
        }
        ObjectNode body = call.json();
        JsonNode lines = body.path("lines");
        if (!lines.isArray() || lines.isEmpty() || lines.size() > MOST_LINES) {
            throw Refused.badRequest("lines must be an array of 1 to " + MOST_LINES + " lines with sku and quantity");
        }
        var wanted = new ArrayList<Shop.Wanted>();
        for (JsonNode line : lines) {
            wanted.add(
                    new Shop.Wanted(line.path("sku").asText(""), quantity(whole("quantity", line.path("quantity")))));
        }
        return Answer.json(201, shop.placeOrder(wanted, email(body.path("email").asText(""))));
    }

    /** An empty secret keeps the one that is set, since the page does not show it; "unsigned" drops it. */
    private Answer setWebhook(Call call) {
        requireForm(call);
        String url = call.form("url").orElse("").strip();
        String secret = call.form("secret").orElse("").strip();
        if (url.isEmpty()) {
            warehouse.setWebhook(null);
        } else if (call.form("unsigned").isPresent()) {
            warehouse.setWebhook(new WebhookTarget(url, null));
        } else {
            String kept = warehouse.webhook().map(WebhookTarget::secret).orElse(null);
            warehouse.setWebhook(new WebhookTarget(url, secret.isEmpty() ? kept : secret));
        }
        return Answer.seeOther("/");
    }

    private Answer addWebhook(Call call) {
        requireForm(call);
        String url = call.form("url").orElse("").strip();
        WebhookTarget.requireHttp(url);
        var _ = shop.createWebhook(new Shop.WebhookFields(
                Optional.of("Order created"),
                Optional.empty(),
                Optional.of("order.created"),
                Optional.of(url),
                call.form("secret").map(String::strip).filter(secret -> !secret.isEmpty())));
        return Answer.seeOther("/");
    }

    private Answer removeWebhook(Call call) {
        requireForm(call);
        if (shop.deleteWebhook(WooApi.id(call)).isEmpty()) {
            throw Refused.notFound("The shop has no such webhook");
        }
        return Answer.seeOther("/");
    }

    private static void requireForm(Call call) {
        if (!call.isForm()) {
            throw Refused.plain(415, "This takes the page's form; programs use the API with credentials");
        }
    }

    private static int whole(String name, Optional<String> text) {
        try {
            return Integer.parseInt(text.orElse("").strip());
        } catch (NumberFormatException e) {
            throw Refused.badRequest(name + " must be a whole number");
        }
    }

    private static int whole(String name, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        throw Refused.badRequest(name + " must be a whole number");
    }

    private static int quantity(int number) {
        if (number < 1 || number > MOST_OF_A_LINE) {
            throw Refused.badRequest("quantity must be between 1 and " + MOST_OF_A_LINE);
        }
        return number;
    }

    private static String email(String text) {
        if (text.isBlank()) {
            return EMAIL;
        }
        if (text.indexOf('@') < 1 || text.length() > 254) {
            throw Refused.badRequest("email must be an e-mail address");
        }
        return text.strip();
    }
}
