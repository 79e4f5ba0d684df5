package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import java.util.Map;

/**
 * What came back. Holds its bytes of the process' budget until it is closed; the body may be read afterwards, but
 * counts for nobody then.
 *
 * @param headers names in small letters, repeated ones joined by a comma
 * @param sent the request as it went out, masked
 * @param received the response, masked
 * @param release gives the bytes back; may be run several times
 */
public record HttpAnswer(
        int status,
        Map<String, String> headers,
        byte[] body,
        HttpRequestLog sent,
        HttpResponseLog received,
        Runnable release)
        implements AutoCloseable {

    /** An answer that holds nothing, such as one of a trial. */
    public HttpAnswer(
            int status, Map<String, String> headers, byte[] body, HttpRequestLog sent, HttpResponseLog received) {
        this(status, headers, body, sent, received, () -> {});
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public void close() {
        release.run();
    }
}
