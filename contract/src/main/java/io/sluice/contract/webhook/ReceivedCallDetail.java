package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call in full.
 *
 * @param headers as they came, credentials masked
 * @param body as text, where the bytes are UTF-8
 * @param bodyBase64 the exact bytes, where they are no text
 * @param bodyCut whether only the body's beginning was kept: of refused calls, 16 KiB are
 * @param signature what was signed and what came; absent for viewers, and where nothing was compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceivedCallDetail(
        ReceivedCall call,
        Map<String, List<String>> headers,
        @Nullable String body,
        @Nullable String bodyBase64,
        boolean bodyCut,
        @Nullable SignatureCheck signature) {

    /** The same for somebody who may not change the endpoint. */
    public ReceivedCallDetail withoutSignature() {
        return new ReceivedCallDetail(call, headers, body, bodyBase64, bodyCut, null);
    }
}
