package io.sluice.run.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x' clients as flows use them. Two, because one that speaks HTTP/2 would ask for its upgrade in clear text too,
 * which some servers answer with an error.
 *
 * @param plain HTTP/1.1
 * @param tls HTTP/2 where the target agrees to it in the handshake (ALPN), HTTP/1.1 otherwise
 */
record HttpClients(HttpClient plain, HttpClient tls) {

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int STREAMS = 32;

    /** @param trust whom to trust, or null for the JDK's list */
    static HttpClients of(Vertx vertx, OutboundLimits limits, @Nullable TrustOptions trust) {
        // Generous: how many calls a tenant makes at once is bounded before, and tenants share these connections.
        PoolOptions pool =
                new PoolOptions().setHttp1MaxSize(512).setHttp2MaxSize(16).setMaxWaitQueueSize(10_000);
        HttpClientOptions secure = options(limits)
                .setForceSni(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(MAX_HEADER_BYTES))
                .setHttp2MultiplexingLimit(STREAMS)
                // Twice what all streams may leave unread: some that wait for memory must not stop the others, and
                // what was read is only given back to the target when it is half of the window.
                .setHttp2ConnectionWindowSize(2 * (STREAMS + 1) * 65_535);
        if (trust != null) {
            secure.setTrustOptions(trust);
        }
        return new HttpClients(
                vertx.createHttpClient(options(limits), pool), vertx.createHttpClient(secure, new PoolOptions(pool)));
    }

    private static HttpClientOptions options(OutboundLimits limits) {
        return new HttpClientOptions()
                .setConnectTimeout((int) limits.connectTimeout().toMillis())
                .setDecompressionSupported(true)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setKeepAliveTimeout(20);
    }
}
