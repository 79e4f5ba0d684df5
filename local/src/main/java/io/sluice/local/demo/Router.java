package io.sluice.local.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the handler of a call: the first route, in the order of adding, whose template and method fit. */
final class Router {

    /** As a method: any. As the last segment of a template: whatever follows. */
    static final String ANY = "*";

    private final List<Route> routes = new ArrayList<>();

    void on(String method, String template, Handler handler) {
        routes.add(new Route(method, segments(template), handler));
    }

    Answer answer(Call call) throws InterruptedException {
        var allowed = new TreeSet<String>();
        List<String> path = segments(call.path());
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.takes(call.method())) {
                return route.handler().answer(call.withVariables(variables.get()));
            }
            variables.ifPresent(_ -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            return Refused.notFound("There is nothing at " + call.path()).answer();
        }
        String methods = String.join(", ", allowed);
        return Refused.plain(405, call.path() + " takes " + methods + " only")
                .answer()
                .with("Allow", methods);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** Answers a call, or throws {@link Refused} or {@link MalformedBody}. */
    interface Handler {
        Answer answer(Call call) throws InterruptedException;
    }

    private record Route(String method, List<String> template, Handler handler) {

        boolean takes(String asked) {
            return method.equals(ANY) || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
        }

        Optional<Map<String, String>> match(List<String> path) {
            boolean open = template.getLast().equals(ANY);
            int fixed = open ? template.size() - 1 : template.size();
            if (open ? path.size() < fixed : path.size() != fixed) {
                return Optional.empty();
            }
            var variables = new HashMap<String, String>();
            for (int i = 0; i < fixed; i++) {
                String expected = template.get(i);
                if (expected.startsWith("{")) {
                    variables.put(expected.substring(1, expected.length() - 1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }
}
