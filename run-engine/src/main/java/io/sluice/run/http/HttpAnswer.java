package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers names in small letters, repeated ones joined by a comma
 * @param sent the request as it went out, masked
 * @param received the response, masked
 */
public record HttpAnswer(
        int status, Map<String, String> headers, byte[] body, HttpRequestLog sent, HttpResponseLog received) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
