package io.sluice.local.demo;

import java.util.List;

/** The webhooks that both systems sent, newest first, with what became of them. */
final class DeliverySection {

    private static final int FOLDED = 60;

    private final State state;

    DeliverySection(State state) {
        this.state = state;
    }

    String render() {
        return """
            <section class="card" aria-labelledby="deliveries">
            <h2 id="deliveries">Webhooks sent</h2>
            <h3>By the warehouse</h3>
            %s
            <h3>By the shop</h3>
            %s
            </section>
            """.formatted(
                table("Webhooks sent by the warehouse", state.warehouse().deliveries()),
                table("Webhooks sent by the shop", state.shop().deliveries()));
    }

    private static String table(String caption, List<Delivery> deliveries) {
        List<List<String>> rows = deliveries.reversed().stream()
                .map(delivery -> List.of(
                        Html.time(delivery.at()),
                        Html.text(delivery.event()),
                        outcome(delivery),
                        Html.mono(delivery.url()),
                        Html.mono(delivery.id()),
                        answer(delivery.answer())))
                .toList();
        return Html.table(
                caption, List.of("Sent", "Event", "Outcome", "To", "Id", "Answer"), rows, "Nothing sent yet.");
    }

    /** Long answers fold into their beginning, or they would fill the page. */
    private static String answer(String text) {
        return text.length() <= FOLDED
                ? Html.text(text)
                : "<details><summary>%s…</summary>%s</details>"
                        .formatted(Html.text(text.substring(0, FOLDED)), Html.text(text.substring(FOLDED)));
    }

    private static String outcome(Delivery delivery) {
        String status = delivery.status() == null ? "no answer" : "answer " + delivery.status();
        String tries = delivery.attempts() == 1 ? "" : ", attempt " + delivery.attempts();
        return switch (delivery.outcome()) {
            case SENDING -> Html.pill("info", "sending");
            case RETRYING -> Html.pill("warn", "will retry: " + status + tries);
            case DELIVERED -> Html.pill("ok", "delivered: " + status + tries);
            case FAILED -> Html.pill("bad", "failed: " + status + tries);
        };
    }
}
