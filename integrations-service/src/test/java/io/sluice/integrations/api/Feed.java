package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.run.seal.Opener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** A trigger service that follows the deployments feed, and opens what was sealed for it. */
final class Feed {

    private static final String PATH = "/internal/v1/deployments";

    private final Person client;
    private final Opener opener;

    private Feed(String client, String key) {
        this.client = Person.service(client);
        this.opener = Opener.of(List.of(ConfigProvider.getConfig().getValue(key, String.class)));
    }

    static Feed ingress() {
        return new Feed("webhook-ingress-service", "test.keys.ingress");
    }

    static Feed scheduler() {
        return new Feed("scheduler-service", "test.keys.scheduler");
    }

    /** One page; nothing is waited for. */
    JsonPath page(String epoch, long after) {
        return page(epoch, after, "0s");
    }

    JsonPath page(String epoch, long after, String wait) {
        Response answer = client.call()
                .queryParam("epoch", epoch)
                .queryParam("after", after)
                .queryParam("wait", wait)
                .get(PATH);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    String epoch() {
        return page("", 0).getString("epoch");
    }

    /** The revision up to which there is something. */
    long end() {
        String epoch = epoch();
        long after = 0;
        while (true) {
            JsonPath page = page(epoch, after);
            if (page.getList("items").isEmpty()) {
                return after;
            }
            after = page.getLong("revision");
        }
    }

    /** All states by integration, each the newest. */
    Map<String, Map<String, Object>> all() {
        Map<String, Map<String, Object>> states = new HashMap<>();
        String epoch = epoch();
        long after = 0;
        while (true) {
            JsonPath page = page(epoch, after);
            List<Map<String, Object>> items = page.getList("items");
            if (items.isEmpty()) {
                return states;
            }
            items.forEach(item -> assertThat(states.put((String) item.get("integrationId"), item))
                    .as("only the newest state of each integration")
                    .isNull());
            after = page.getLong("revision");
        }
    }

    Map<String, Object> of(Made integration) {
        return all().get(integration.id());
    }

    String opened(Object sealed, String tenant, Object context) {
        return opener.open((String) sealed, tenant, UUID.fromString((String) context));
    }

    @SuppressWarnings("unchecked")
    List<String> openedWebhookSecrets(Made integration) {
        Map<String, Object> state = of(integration);
        Map<String, Object> webhook = (Map<String, Object>) state.get("webhook");
        List<String> opened = new ArrayList<>();
        for (Map<String, Object> secret : (List<Map<String, Object>>) webhook.get("secrets")) {
            opened.add(opened(secret.get("sealed"), (String) state.get("tenant"), secret.get("context")));
        }
        return opened;
    }
}
