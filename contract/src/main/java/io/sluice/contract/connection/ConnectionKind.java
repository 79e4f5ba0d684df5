package io.sluice.contract.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a call proves who it is, with the settings that may be read and the secrets that may not. */
@Schema(
        type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
        enumeration = {"basic", "bearer", "api-key", "oauth2-client-credentials", "hmac-query", "webhook-secret"})
public enum ConnectionKind {
    /** RFC 7617. */
    BASIC("basic", List.of("username"), List.of(), List.of("password")),
    /** RFC 6750. */
    BEARER("bearer", List.of(), List.of(), List.of("token")),
    /** A key in a header or a query parameter; setting {@code in} is {@code header} (default) or {@code query}. */
    API_KEY("api-key", List.of("name"), List.of("in"), List.of("key")),
    /** RFC 6749 §4.4. */
    OAUTH2_CLIENT_CREDENTIALS(
            "oauth2-client-credentials", List.of("tokenUrl", "clientId"), List.of("scope"), List.of("clientSecret")),
    /** HMAC-SHA256 of the raw query string, as Unleashed wants it. */
    HMAC_QUERY("hmac-query", List.of("id"), List.of("idHeader", "signatureHeader"), List.of("key")),
    /** What a webhook sender signs with. */
    WEBHOOK_SECRET("webhook-secret", List.of(), List.of(), List.of("secret"));

    private final String wireName;
    private final List<String> settings;
    private final List<String> optionalSettings;
    private final List<String> secrets;

    ConnectionKind(String wireName, List<String> settings, List<String> optionalSettings, List<String> secrets) {
        this.wireName = wireName;
        this.settings = settings;
        this.optionalSettings = optionalSettings;
        this.secrets = secrets;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Settings that must be given. */
    public List<String> settings() {
        return settings;
    }

    public List<String> optionalSettings() {
        return optionalSettings;
    }

    /** Secrets that must be given. */
    public List<String> secrets() {
        return secrets;
    }

    /** Reads the wire's name; an unknown one is refused with the list of the known. */
    @JsonCreator
    public static ConnectionKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown kind; use one of "
                        + Arrays.stream(values()).map(ConnectionKind::wireName).collect(Collectors.joining(", "))));
    }
}
