package io.sluice.ingress.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.ReceivedCall;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The calls of an endpoint, always of one tenant. */
@Singleton
class CallReads {

    private static final String COLUMNS_OF_ACCEPTED = """
            id, received_at, 'accepted' as outcome, status, null::text as reason, method, query, headers,
            length(body)::bigint as body_bytes, sender, run_ids, event_id, previous_url
            """;

    private static final String COLUMNS_OF_OTHERS = """
            id, received_at, outcome, status, reason, method, query, headers, body_bytes, sender, run_ids, event_id,
            previous_url
            """;

    private static final String LIST =
            "select * from (select * from (select " + COLUMNS_OF_ACCEPTED + """
                      from accepted_call
                     where integration_id = :integrationId and tenant = :tenant
                       and (:outcome::text is null or :outcome = 'accepted')
                       and (:before::uuid is null or id < :before::uuid)
                     order by id desc limit :limit) a
                    union all
                    select * from (select
            """ + COLUMNS_OF_OTHERS + """
                      from other_call
                     where integration_id = :integrationId and tenant = :tenant
                       and (:outcome::text is null or outcome = :outcome)
                       and (:before::uuid is null or id < :before::uuid)
                     order by id desc limit :limit) o) found
             order by id desc
             limit :limit
            """;

    private static final String ONE = "select " + COLUMNS_OF_ACCEPTED + """
                 , body, null::jsonb as signature
              from accepted_call
             where id = :id and integration_id = :integrationId and tenant = :tenant
            union all
            select
            """ + COLUMNS_OF_OTHERS + """
                 , body, signature
              from other_call
             where id = :id and integration_id = :integrationId and tenant = :tenant
            """;

    private final Jdbi jdbi;

    CallReads(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A call with all that is kept of it.
     *
     * @param body its bytes, or their beginning
     */
    record Kept(
            ReceivedCall call,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable SignatureCheck signature) {

        boolean isCut() {
            // One without length that was refused before it was read has an end that nobody knows.
            return body.length < call.bodyBytes() || (body.length == 0 && headers.containsKey("transfer-encoding"));
        }

        /** Empty when the bytes are no text. */
        Optional<String> text() {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    /** Newest first. */
    List<ReceivedCall> list(
            String tenant, UUID integrationId, @Nullable CallOutcome outcome, @Nullable UUID before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .bind("outcome", outcome == null ? null : outcome.wireName())
                .bind("before", before == null ? null : before.toString())
                .bind("limit", limit)
                .map((row, context) -> call(row))
                .list());
    }

    Optional<Kept> find(String tenant, UUID integrationId, UUID callId) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .bind("id", callId)
                .map((row, context) -> kept(row))
                .findFirst());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        String signature = row.getString("signature");
        return new Kept(
                call(row),
                headers(Json.parse(row.getString("headers"))),
                row.getBytes("body"),
                signature == null ? null : Json.parse(signature, SignatureCheck.class));
    }

    private static ReceivedCall call(ResultSet row) throws SQLException {
        String query = row.getString("query");
        List<String> type = headers(Json.parse(row.getString("headers"))).getOrDefault("content-type", List.of());
        return new ReceivedCall(
                row.getObject("id", UUID.class),
                row.getTimestamp("received_at").toInstant(),
                CallOutcome.of(row.getString("outcome")),
                row.getInt("status"),
                row.getString("reason"),
                row.getString("method"),
                query.isEmpty() ? null : query,
                type.isEmpty() ? null : type.getFirst(),
                row.getLong("body_bytes"),
                row.getString("sender"),
                Arrays.asList((UUID[]) row.getArray("run_ids").getArray()),
                row.getString("event_id"),
                row.getBoolean("previous_url"));
    }

    private static Map<String, List<String>> headers(JsonNode stored) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        stored.properties().forEach(header -> {
            List<String> values = new ArrayList<>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey(), values);
        });
        return headers;
    }
}
