package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** What we send back. All our bodies are text. */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json; charset=utf-8", DemoJson.text(body), Map.of());
    }

    static Answer html(int status, String body) {
        return new Answer(status, "text/html; charset=utf-8", body, Map.of())
                .with("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'")
                .with("Cache-Control", "no-store");
    }

    /** After a form: the browser shows the page by a GET, so that reloading repeats nothing. */
    static Answer seeOther(String location) {
        return new Answer(303, "text/plain; charset=utf-8", "See " + location, Map.of("Location", location));
    }

    Answer with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
