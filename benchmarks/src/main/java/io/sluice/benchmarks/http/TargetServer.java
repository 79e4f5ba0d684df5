package io.sluice.benchmarks.http;

import io.sluice.benchmarks.measure.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is called: reads the body and answers 200 with a small JSON object. */
public final class TargetServer implements AutoCloseable {

    private static final Buffer ANSWER = Buffer.buffer("{\"accepted\":true}");

    private final Vertx vertx = Vertx.vertx();
    private final int port;

    public TargetServer() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(ANSWER)));
        var listening = server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture();
        Waiting.until(listening);
        port = listening.join().actualPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/orders";
    }

    @Override
    public void close() {
        Waiting.until(vertx.close().toCompletionStage().toCompletableFuture());
    }

    /** A process of its own: prints its URL and lives until its input ends, as it does when the parent dies. */
    public static void main(String[] arguments) throws IOException {
        try (TargetServer server = new TargetServer()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(server.url());
            while (System.in.read() >= 0) {
                // Nobody says anything.
            }
        }
    }
}
