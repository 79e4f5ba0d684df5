package io.sluice.run.testsupport;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.http.HttpSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A target that answers what the test has written down, call by call, and remembers what it was asked. */
public final class ScriptedHttp implements HttpSender {

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private final Map<String, Deque<Function<HttpCall, HttpAnswer>>> script = new HashMap<>();
    private final List<HttpCall> calls = new ArrayList<>();

    /** The next answer to a call such as {@code GET https://shop.example/orders}, looked at without its query. */
    public ScriptedHttp answer(String target, int status, String body) {
        return answer(target, status, body, JSON);
    }

    public ScriptedHttp answer(String target, int status, String body, Map<String, String> headers) {
        return does(target, call -> answered(call, status, body, headers));
    }

    public ScriptedHttp fails(String target, HttpFailure.Reason reason) {
        return does(target, call -> {
            throw new HttpFailure(reason, "as the test wants it", sent(call), null);
        });
    }

    public ScriptedHttp does(String target, Function<HttpCall, HttpAnswer> answer) {
        script.computeIfAbsent(target, key -> new ArrayDeque<>()).add(answer);
        return this;
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        Function<HttpCall, HttpAnswer> next;
        synchronized (this) {
            calls.add(call);
            int query = call.url().indexOf('?');
            String target =
                    call.method() + " " + (query < 0 ? call.url() : call.url().substring(0, query));
            next = script.getOrDefault(target, new ArrayDeque<>()).poll();
            if (next == null) {
                throw new IllegalStateException("not in the script: " + target);
            }
        }
        return next.apply(call);
    }

    public synchronized List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    public HttpCall onlyCall() {
        if (calls().size() != 1) {
            throw new IllegalStateException("calls: " + calls().size());
        }
        return calls().getFirst();
    }

    public List<String> urls() {
        return calls().stream().map(HttpCall::url).toList();
    }

    /** The values of a header over all calls; names the call's place where there is none. */
    public List<String> headers(String name) {
        return calls().stream()
                .map(call -> call.headers().getOrDefault(name, "none"))
                .toList();
    }

    public static String body(HttpCall call) {
        byte[] body = call.body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    public static HttpAnswer answered(HttpCall call, int status, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(
                status, headers, bytes, sent(call), new HttpResponseLog(status, headers, body, bytes.length));
    }

    private static HttpRequestLog sent(HttpCall call) {
        byte[] body = call.body();
        return new HttpRequestLog(
                call.method(), call.url(), call.headers(), body(call), body == null ? 0 : body.length);
    }
}
