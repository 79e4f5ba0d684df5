package io.sluice.run.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/flow-language.md: each flow with the run that follows it. */
public final class Examples {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(yaml|json)\\n(.*?)^```$");

    private Examples() {}

    /** One example; the run says what it begins with, what is answered, and what comes of it. */
    public record Example(String name, String flow, JsonNode run) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @throws IllegalStateException when a flow has no run, or a run no flow */
    public static List<Example> all() {
        List<Example> examples = new ArrayList<>();
        Matcher fenced = FENCED.matcher(Repository.description());
        while (fenced.find()) {
            String flow = fenced.group(2);
            if (!fenced.group(1).equals("yaml")
                    || !fenced.find()
                    || !fenced.group(1).equals("json")) {
                throw new IllegalStateException("a flow is followed by its run: " + flow);
            }
            String name = flow.replaceAll("(?s).*? name: ([a-z0-9-]+).*", "$1");
            examples.add(new Example(name, flow, Json.parse(fenced.group(2))));
        }
        return examples;
    }
}
