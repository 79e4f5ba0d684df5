package io.sluice.system.client;

import io.sluice.system.stack.Sluice;
import java.util.Map;
import java.util.UUID;

/** Flows that a test writes itself, saved as templates of the tenant and installed by alice. */
public final class OwnFlows {

    private static final String HEAD = """
        document:
          dsl: '1.0.3'
          namespace: acme
          name: %s
          version: '1.0.0'
          title: A test's own
          metadata: {triggers: {%s: {}}}
        evaluate: {language: jsonata}
        input:
          schema:
            format: json
            document:
              type: object
              properties:
                one: {type: string, format: uri, title: First}
                two: {type: string, format: uri, title: Second}
                three: {type: string, format: uri, title: Third}
        do:
        """;

    private final SluiceApi admin;
    private final SluiceApi editor;

    public OwnFlows(Sluice sluice) {
        this.admin = sluice.as("adam");
        this.editor = sluice.as("alice");
    }

    /** Installs the tasks under {@code do}; parameters are the targets {@code one}, {@code two} and {@code three}. */
    public Integration install(String tasks, Map<String, Object> parameters) {
        return install("webhook", tasks, parameters);
    }

    /** The same, started by schedules instead of a webhook. */
    public Integration installScheduled(String tasks) {
        return install("schedule", tasks, Map.of());
    }

    private Integration install(String trigger, String tasks, Map<String, Object> parameters) {
        String name = "own-" + UUID.randomUUID().toString().substring(0, 12);
        Http.require(
                admin.request()
                        .contentType("application/yaml")
                        .body(HEAD.formatted(name, trigger) + tasks.indent(2))
                        .post("/api/v1/templates"),
                201);
        return editor.create(
                Map.of("template", "acme/" + name, "name", Json.unique("own"), "configuration", parameters));
    }
}
