package io.sluice.run.http;

import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.ConnectionKind;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An opened connection. Lives only as long as the call that uses it.
 *
 * @param limits of the calls that use it, or null where the connection states none
 */
public record Credential(
        UUID connectionId,
        ConnectionKind kind,
        Map<String, String> settings,
        Map<String, String> secrets,
        @Nullable CallLimits limits) {

    /** One without limits of its own. */
    public Credential(
            UUID connectionId, ConnectionKind kind, Map<String, String> settings, Map<String, String> secrets) {
        this(connectionId, kind, settings, secrets, null);
    }

    /** @throws HttpFailure when the connection lacks it */
    String secret(String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the connection has no secret “" + name + "”");
        }
        return value;
    }

    /** @throws HttpFailure when the connection lacks it */
    String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the connection has no setting “" + name + "”");
        }
        return value;
    }

    /** Headers that carry its proof, by the names that the connection gives them. */
    Set<String> secretHeaders() {
        return switch (kind) {
            case API_KEY -> Set.of(settings.getOrDefault("name", ""));
            case HMAC_QUERY ->
                Set.of(
                        settings.getOrDefault("idHeader", "api-auth-id"),
                        settings.getOrDefault("signatureHeader", "api-auth-signature"));
            case BASIC, BEARER, OAUTH2_CLIENT_CREDENTIALS, WEBHOOK_SECRET -> Set.of();
        };
    }

    @Override
    public String toString() {
        return "Credential[" + connectionId + ", " + kind + "]";
    }
}
