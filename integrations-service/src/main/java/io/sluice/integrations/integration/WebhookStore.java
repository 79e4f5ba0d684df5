package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Webhooks in the database. */
@Singleton
class WebhookStore {

    private static final String UPSERT = """
            insert into webhook (integration_id, tenant, enabled, token_sealed, token_sha256, previous_sha256,
                                 previous_until, verification, secrets, methods, max_body_bytes, intake)
            values (:id, :tenant, :enabled, :sealed, :sha256, :previous, :until::timestamptz, :verification::jsonb, :secrets::jsonb,
                    :methods, :maxBodyBytes, :intake::jsonb)
            on conflict (integration_id) do update
               set enabled = excluded.enabled, token_sealed = excluded.token_sealed,
                   token_sha256 = excluded.token_sha256, previous_sha256 = excluded.previous_sha256,
                   previous_until = excluded.previous_until, verification = excluded.verification,
                   secrets = excluded.secrets, methods = excluded.methods, max_body_bytes = excluded.max_body_bytes,
                   intake = excluded.intake
             where webhook.tenant = excluded.tenant
            """;

    private final Jdbi jdbi;

    WebhookStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A URL's token as it is stored. */
    record Token(
            String sealed,
            String sha256,
            @Nullable String previousSha256,
            @Nullable Instant previousUntil) {}

    /**
     * A webhook as it is stored.
     *
     * @param secrets {@code [{"connection": id} | {"sealed": text}]}
     */
    record Stored(
            boolean enabled,
            Token token,
            Verification verification,
            JsonNode secrets,
            List<String> methods,
            int maxBodyBytes,
            WebhookIntake intake) {

        /** The same at another URL. */
        Stored withToken(Token other) {
            return new Stored(enabled, other, verification, secrets, methods, maxBodyBytes, intake);
        }

        /** The same with one secret less. */
        Stored withoutSecret(int index) {
            ArrayNode others = ((ArrayNode) secrets).deepCopy();
            others.remove(index);
            return new Stored(enabled, token, verification, others, methods, maxBodyBytes, intake);
        }
    }

    Optional<Stored> find(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> find(handle, tenant, integrationId));
    }

    static Optional<Stored> find(Handle handle, String tenant, UUID integrationId) {
        return handle.createQuery("select * from webhook where integration_id = :id and tenant = :tenant")
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** Since when ingress runs with the newest state; not current while it does not. */
    Webhook.InForce inForce(UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select ingress_since from deployment where integration_id = :id and not deleted")
                .bind("id", integrationId)
                .map((row, context) -> {
                    Timestamp since = row.getTimestamp("ingress_since");
                    return new Webhook.InForce(since != null, since == null ? null : since.toInstant());
                })
                .findOne()
                .orElse(new Webhook.InForce(false, null)));
    }

    static void put(Handle handle, String tenant, UUID integrationId, Stored webhook) {
        Instant until = webhook.token().previousUntil();
        handle.createUpdate(UPSERT)
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .bind("enabled", webhook.enabled())
                .bind("sealed", webhook.token().sealed())
                .bind("sha256", webhook.token().sha256())
                .bind("previous", webhook.token().previousSha256())
                .bind("until", until == null ? null : Timestamp.from(until))
                .bind("verification", Json.text(webhook.verification()))
                .bind("secrets", Json.text(webhook.secrets()))
                .bindArray("methods", String.class, webhook.methods().toArray())
                .bind("maxBodyBytes", webhook.maxBodyBytes())
                .bind("intake", webhook.intake().equals(WebhookIntake.DEFAULT) ? null : Json.text(webhook.intake()))
                .execute();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Timestamp until = row.getTimestamp("previous_until");
        String intake = row.getString("intake");
        return new Stored(
                row.getBoolean("enabled"),
                new Token(
                        row.getString("token_sealed"),
                        row.getString("token_sha256"),
                        row.getString("previous_sha256"),
                        until == null ? null : until.toInstant()),
                Json.parse(row.getString("verification"), Verification.class),
                Json.parse(row.getString("secrets")),
                Arrays.asList((String[]) row.getArray("methods").getArray()),
                row.getInt("max_body_bytes"),
                intake == null ? WebhookIntake.DEFAULT : Json.parse(intake, WebhookIntake.class));
    }
}
