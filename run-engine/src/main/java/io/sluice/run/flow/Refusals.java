package io.sluice.run.flow;

import java.util.Map;
import java.util.Set;

/** Why what the standard has, or what authors are used to, is not part of the profile, and what to write instead. */
final class Refusals {

    private static final String NO_EVENTS =
            "there is no event bus here; an integration is started by its webhook or its schedule";
    private static final String NO_SHELL = "nothing runs on the server but the flow itself; call an HTTP API instead";
    private static final String IN_PLACE = "nothing is loaded from elsewhere and nothing is shared; write it in place";

    private static final String NO_SCHEMA =
            "only the parameters have a schema, at the document's input; check other data by an if and a raise";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("run", NO_SHELL),
            Map.entry("listen", NO_EVENTS),
            Map.entry("emit", NO_EVENTS),
            Map.entry("on", NO_EVENTS),
            Map.entry("fork", "the tasks of a run go one after the other; use do or for"),
            Map.entry("after", "a schedule counts from its activation, not from the last run; use every or cron"),
            Map.entry("resource", IN_PLACE),
            Map.entry("functions", IN_PLACE),
            Map.entry("catalogs", IN_PLACE),
            Map.entry("extensions", IN_PLACE),
            Map.entry("retries", IN_PLACE),
            Map.entry("timeouts", IN_PLACE),
            Map.entry("use/errors", IN_PLACE),
            Map.entry("secrets", "a flow never sees a secret; name a slot under use.authentications"),
            Map.entry("username", "a flow never sees a secret; a connection holds it"),
            Map.entry("password", "a flow never sees a secret; a connection holds it"),
            Map.entry("token", "a flow never sees a secret; a connection holds it"),
            Map.entry("digest", "that authentication is not offered; use basic, bearer or oauth2"),
            Map.entry("oidc", "that authentication is not offered; use basic, bearer or oauth2"),
            Map.entry("redirect", "redirects are never followed; call the address that the target names"),
            Map.entry("input/schema", NO_SCHEMA),
            Map.entry("output/schema", NO_SCHEMA),
            Map.entry("export/schema", NO_SCHEMA),
            Map.entry("with/type", "errors are matched by status or by when, not by type"),
            Map.entry("error/instance", "the instance of an error is the task's pointer, set by the engine"),
            Map.entry("details", "the member is called detail, as in the error itself"),
            Map.entry("retry/exceptWhen", "what is retried is what is caught; use catch.exceptWhen"),
            Map.entry("retry/when", "what is retried is what is caught; use catch.when"),
            Map.entry("foreach", "a loop over a stream of events is not offered"));

    private Refusals() {}

    static String unknown(String pointer, String name, Set<String> known) {
        String parent = pointer.substring(pointer.lastIndexOf('/') + 1);
        String reason = REASONS.getOrDefault(parent + "/" + name, REASONS.get(name));
        return "“" + name + "” is not part of the profile"
                + (reason == null ? "" : ": " + reason)
                + (known.isEmpty()
                        ? "; nothing stands here but {}"
                        : "; known here: "
                                + String.join(", ", known.stream().sorted().toList()));
    }

    /** A kind of task that the standard has. */
    static String task(String kind) {
        return "“" + kind + "” tasks are not part of the profile: " + REASONS.get(kind);
    }
}
