package io.sluice.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Between the JDK's server and our routes: reads the request within limits and turns failures into answers. */
final class FrontDoor implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(FrontDoor.class.getName());

    private static final int LARGEST_BODY = 1024 * 1024;

    /** Read on after a body that is too large, up to here: a peer still sending would not see our answer. */
    private static final int MOST_DRAINED = 16 * LARGEST_BODY;

    private final Router router;

    FrontDoor(Router router) {
        this.router = router;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            return router.answer(call(exchange));
        } catch (Refused e) {
            return e.answer();
        } catch (MalformedBody e) {
            return Refused.badRequest(e.getMessage() == null ? "The body cannot be read" : e.getMessage())
                    .answer();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A request to the demo systems failed", e);
            return Refused.plain(500, "The demo systems failed; their log says why")
                    .answer();
        }
    }

    private static Call call(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String query = exchange.getRequestURI().getRawQuery();
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                headers,
                body(exchange.getRequestBody()),
                Map.of());
    }

    private static String body(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST_BODY + 1);
        if (bytes.length <= LARGEST_BODY) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        byte[] scratch = new byte[64 * 1024];
        int drained = 0;
        int read = stream.read(scratch);
        while (read >= 0 && drained < MOST_DRAINED) {
            drained += read;
            read = stream.read(scratch);
        }
        throw Refused.plain(413, "The body is larger than 1 MB");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean bodiless = answer.status() < 200 || answer.status() == 204 || answer.status() == 304;
        if (bodiless || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
