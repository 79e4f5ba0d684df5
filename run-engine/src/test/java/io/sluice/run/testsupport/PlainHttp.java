package io.sluice.run.testsupport;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Real calls without a guard, by the JDK's oldest client: a process that lives for a second starts fast with it. */
public final class PlainHttp implements HttpSender {

    private final Map<String, String> more;

    /** @param more headers that the log does not show */
    public PlainHttp(Map<String, String> more) {
        this.more = more;
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        byte[] body = call.body() == null ? new byte[0] : call.body();
        HttpRequestLog sent = new HttpRequestLog(call.method(), call.url(), call.headers(), null, body.length);
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(call.url()).toURL().openConnection();
            connection.setRequestMethod(call.method());
            call.headers().forEach(connection::setRequestProperty);
            more.forEach(connection::setRequestProperty);
            if (body.length > 0) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body);
            }
            int status = connection.getResponseCode();
            byte[] received = read(connection, status);
            Map<String, String> headers = Map.of("content-type", "application/json");
            return new HttpAnswer(
                    status,
                    headers,
                    received,
                    sent,
                    new HttpResponseLog(
                            status, headers, new String(received, StandardCharsets.UTF_8), received.length));
        } catch (IOException e) {
            throw new HttpFailure(HttpFailure.Reason.COMMUNICATION, String.valueOf(e.getMessage()), sent, e);
        }
    }

    private static byte[] read(HttpURLConnection connection, int status) throws IOException {
        try (InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return body == null ? new byte[0] : body.readAllBytes();
        }
    }
}
