package io.sluice.local.demo;

import java.util.List;

/** Where both systems send their webhooks, with the forms to set it. Secrets are taken and not shown. */
final class WebhookSection {

    private final State state;

    WebhookSection(State state) {
        this.state = state;
    }

    String render() {
        return """
            <div class="columns">
            <section class="card" aria-labelledby="warehouse-webhook">
            <h2 id="warehouse-webhook">Webhook of the warehouse</h2>
            <p>%s</p>
            <form method="post" action="/warehouse/webhook">
            <label>URL <input name="url" type="url" value="%s" autocomplete="off"></label>
            <label>Secret
            <input name="secret" placeholder="whsec_… (empty keeps the present one)" autocomplete="off"></label>
            <label class="check"><input name="unsigned" type="checkbox"> Send unsigned</label>
            <button>Save webhook</button>
            </form>
            </section>
            <section class="card" aria-labelledby="shop-webhooks">
            <h2 id="shop-webhooks">Webhooks of the shop</h2>
            %s
            <form method="post" action="/shop/webhooks">
            <label>URL for new orders <input name="url" type="url" required autocomplete="off"></label>
            <label>Secret <input name="secret" placeholder="empty makes one up" autocomplete="off"></label>
            <button>Add webhook</button>
            </form>
            </section>
            </div>
            """.formatted(sentence(), url(), shopWebhooks());
    }

    private String sentence() {
        return state.warehouse()
                .target()
                .map(target -> "Each change of stock is sent to " + Html.mono(MaskedUrl.of(target.url()))
                        + (target.secret() == null ? ", unsigned." : ", signed by Standard Webhooks 1.0."))
                .orElse("Changes of stock are not sent anywhere.");
    }

    /** In full, since a form that showed less would save less. The page is for the person who runs the demo. */
    private String url() {
        return state.warehouse().target().map(target -> Html.text(target.url())).orElse("");
    }

    private String shopWebhooks() {
        List<List<String>> rows = state.shop().webhooks().stream()
                .map(webhook -> List.of(
                        Integer.toString(webhook.id()),
                        Html.text(webhook.topic()),
                        Html.mono(MaskedUrl.of(webhook.deliveryUrl())),
                        status(webhook),
                        Html.text(webhook.ping().isEmpty() ? "not pinged" : webhook.ping()),
                        removeForm(webhook)))
                .toList();
        return Html.table(
                "Webhooks of the shop",
                List.of("Id", "Topic", "URL", "Status", "Ping", "Action"),
                rows,
                "New orders are not sent anywhere.");
    }

    private static String removeForm(ShopWebhook webhook) {
        return """
            <form method="post" action="/shop/webhooks/%d/delete"><button class="quiet">Remove</button></form>\
            """.formatted(webhook.id());
    }

    private static String status(ShopWebhook webhook) {
        String failures = webhook.failureCount() == 0 ? "" : ", " + webhook.failureCount() + " failures in a row";
        return switch (webhook.status()) {
            case active -> Html.pill(failures.isEmpty() ? "ok" : "warn", "active" + failures);
            case paused -> Html.pill("info", "paused");
            case disabled -> Html.pill("bad", "disabled after failures");
        };
    }
}
