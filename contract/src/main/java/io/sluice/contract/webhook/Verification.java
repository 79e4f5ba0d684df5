package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a call proves that it comes from the sender.
 *
 * @param scheme one of {@link VerificationScheme}, by its wire name
 * @param secrets ids of connections of kind {@code webhook-secret}, or the secrets themselves (write-only; read back as
 *     {@code ********}, which on writing keeps what is stored). Two may live at once, for rotation
 * @param header {@code hmac}: the header that carries the signature; {@code api-key}: the header with the key;
 *     {@code jwt}: the header with the token, default {@code Authorization} with {@code Bearer}
 * @param queryParameter {@code api-key}: the query parameter with the key, instead of a header
 * @param prefix {@code hmac}: what stands before the signature, such as {@code sha256=}
 * @param algorithm {@code hmac}: {@code sha1}, {@code sha256} (default) or {@code sha512}
 * @param encoding {@code hmac}: {@code hex} (default) or {@code base64}
 * @param signedContent {@code hmac}: what is signed, with {@code {body} {timestamp} {id} {url}}; default
 *     {@code {body}}
 * @param timestampHeader {@code hmac}: header with the Unix time, when it is signed
 * @param toleranceSeconds how far the signed time may be off, seconds; default 300
 * @param eventIdHeader of schemes whose sender names no event by itself ({@code hmac}, {@code basic}, {@code bearer},
 *     {@code api-key}, {@code jwt}, {@code ip-list}, {@code none}): header with the event's id; the same id starts
 *     nothing twice
 * @param eventIdPointer of the same schemes: JSON pointer to the event's id in the body
 * @param username {@code basic}: the user's name; its password is the secret
 * @param issuer {@code jwt}: who must have issued the token
 * @param audience {@code jwt}: whom it must be for
 * @param jwksUrl {@code jwt}: where the issuer publishes its keys
 * @param verifyToken {@code meta}: what Meta sends back when the URL is entered there; no secret
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(
        @NotBlank @Schema(examples = "standard-webhooks") String scheme,
        @Nullable List<String> secrets,
        @Nullable String header,
        @Nullable String queryParameter,
        @Nullable String prefix,
        @Nullable String algorithm,
        @Nullable String encoding,
        @Nullable String signedContent,
        @Nullable String timestampHeader,
        @Nullable Integer toleranceSeconds,
        @Nullable String eventIdHeader,
        @Nullable String eventIdPointer,
        @Nullable String username,
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable String jwksUrl,
        @Nullable String verifyToken) {

    /** What a stored secret reads as. */
    public static final String MASK = "********";

    /** A verification by a preset, which knows its headers. */
    public static Verification preset(String scheme, List<String> secrets) {
        return new Verification(
                scheme,
                List.copyOf(secrets),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with other secrets. */
    public Verification withSecrets(List<String> others) {
        return new Verification(
                scheme,
                List.copyOf(others),
                header,
                queryParameter,
                prefix,
                algorithm,
                encoding,
                signedContent,
                timestampHeader,
                toleranceSeconds,
                eventIdHeader,
                eventIdPointer,
                username,
                issuer,
                audience,
                jwksUrl,
                verifyToken);
    }

    /** The same with another token that Meta must know. */
    public Verification withVerifyToken(@Nullable String token) {
        return new Verification(
                scheme,
                secrets,
                header,
                queryParameter,
                prefix,
                algorithm,
                encoding,
                signedContent,
                timestampHeader,
                toleranceSeconds,
                eventIdHeader,
                eventIdPointer,
                username,
                issuer,
                audience,
                jwksUrl,
                token);
    }

    @Override
    public String toString() {
        return "Verification[scheme=" + scheme + ", secrets=…]";
    }
}
