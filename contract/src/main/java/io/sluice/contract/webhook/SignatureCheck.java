package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a signature was compared, for the endpoint's owner. Never holds a secret: of schemes that send the secret itself,
 * nothing but the place is told.
 *
 * @param place where the proof is looked for, such as {@code X-Hub-Signature-256}
 * @param received what came there
 * @param expected what would have fitted, with the first secret
 * @param signedContent what is signed, cut at 4,096 characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignatureCheck(
        String scheme,
        String place,
        @Nullable String received,
        @Nullable String expected,
        @Nullable String signedContent) {}
