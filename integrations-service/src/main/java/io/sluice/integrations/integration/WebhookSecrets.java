package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Verification;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.security.Seals;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** A webhook's secrets: references to connections, or values that are sealed as they come in. */
@Singleton
class WebhookSecrets {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Seals seals;

    WebhookSecrets(Seals seals) {
        this.seals = seals;
    }

    /**
     * What to store for what was written; the mask keeps what is stored at its place.
     *
     * @throws ProblemException when a connection is unknown or of another kind, or a value cannot be a secret
     */
    ArrayNode stored(Handle handle, String tenant, UUID integrationId, Verification wanted, JsonNode before) {
        ArrayNode stored = Json.MAPPER.createArrayNode();
        List<String> secrets = wanted.secrets() == null ? List.of() : wanted.secrets();
        if (secrets.contains(Verification.MASK) && secrets.size() < before.size()) {
            throw ProblemException.field(
                    "/verification/secrets",
                    "the mask keeps what is stored at its place: send as many as are stored, or the one that stays in full");
        }
        for (int i = 0; i < secrets.size(); i++) {
            String secret = secrets.get(i);
            if (secret == null) {
                throw ProblemException.field("/verification/secrets/" + i, "a secret is needed");
            } else if (secret.equals(Verification.MASK)) {
                if (!before.has(i)) {
                    throw ProblemException.field("/verification/secrets/" + i, "nothing is stored here yet");
                }
                stored.add(before.get(i));
            } else if (UUID_FORM.matcher(secret).matches()) {
                stored.addObject()
                        .put("connection", connection(handle, tenant, secret, i).toString());
            } else {
                SecretRules.check(VerificationRules.scheme(wanted), secret, i);
                // The same shape as a connection's secrets, so that ingress opens both alike.
                stored.addObject()
                        .put("sealed", seals.forIngress(Json.text(Map.of("secret", secret)), tenant, integrationId));
            }
        }
        return stored;
    }

    /** How stored secrets are read: ids of connections, and the mask for values. */
    static List<String> shown(JsonNode stored) {
        List<String> shown = new ArrayList<>();
        stored.forEach(secret ->
                shown.add(secret.has("connection") ? secret.get("connection").asText() : Verification.MASK));
        return shown;
    }

    private static UUID connection(Handle handle, String tenant, String id, int index) {
        Optional<ConnectionStore.Stored> found = ConnectionStore.hold(handle, tenant, UUID.fromString(id));
        if (found.isEmpty() || found.get().connection().kind() != ConnectionKind.WEBHOOK_SECRET) {
            throw ProblemException.field(
                    "/verification/secrets/" + index, "there is no connection of kind webhook-secret with this id");
        }
        return found.get().connection().id();
    }
}
