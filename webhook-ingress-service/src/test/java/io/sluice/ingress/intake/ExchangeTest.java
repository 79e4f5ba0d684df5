package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Object> handlers = new HashMap<>();
    private final HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(
            HttpServerRequest.class.getClassLoader(), new Class<?>[] {HttpServerRequest.class}, this::invoked);

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    @SuppressWarnings("unchecked")
    void requestDoesNotHoldTheBodyOnceItWasRead() {
        Admission.Ticket place = new Admission(Workbench.config()).enter(UUID.randomUUID());
        Future<byte[]> body = new Exchange(vertx, request).body(1_000, Duration.ofMinutes(1), place);

        ((Handler<Buffer>) handlers.get("handler")).handle(Buffer.buffer("{}"));
        ((Handler<Void>) handlers.get("endHandler")).handle(null);

        assertThat(body.result()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(handlers).containsOnlyKeys("handler", "endHandler", "exceptionHandler");
        assertThat(handlers.values()).containsOnlyNulls();
    }

    private Object invoked(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "version" -> HttpVersion.HTTP_1_1;
            case "getHeader" -> "Content-Length".equals(arguments[0]) ? "2" : null;
            case "handler", "endHandler", "exceptionHandler" -> {
                handlers.put(method.getName(), arguments[0]);
                yield proxy;
            }
            default -> proxy;
        };
    }
}
