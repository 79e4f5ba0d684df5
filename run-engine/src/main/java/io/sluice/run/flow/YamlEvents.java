package io.sluice.run.flow;

import io.sluice.run.expression.Pointers;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Looks for what YAML would put together or change on the way: aliases, tags, and members that are given twice. */
final class YamlEvents {

    private final Reader reader;
    private final Deque<Level> levels = new ArrayDeque<>();

    private YamlEvents(Reader reader) {
        this.reader = reader;
    }

    /** What cannot be parsed is left to the parser that reads the document. */
    static void look(String text, Reader reader) {
        YamlEvents events = new YamlEvents(reader);
        try {
            new Yaml().parse(new StringReader(text)).forEach(events::take);
        } catch (YAMLException e) {
            return;
        }
    }

    /** An object or a list that is open. */
    private static final class Level {
        private final String pointer;
        private final boolean object;
        private final Set<String> names = new HashSet<>();
        private @Nullable String name;
        private int index = -1;

        Level(String pointer, boolean object) {
            this.pointer = pointer;
            this.object = object;
        }

        String here() {
            return pointer + "/" + (object ? Pointers.escape(String.valueOf(name)) : String.valueOf(index));
        }
    }

    private void take(Event event) {
        if (event instanceof CollectionEndEvent) {
            levels.pop();
        } else if (event instanceof NodeEvent node) {
            node(node);
        }
    }

    private void node(NodeEvent event) {
        Level level = levels.peek();
        String pointer = "";
        if (level != null) {
            if (level.object && level.name == null) {
                name(level, event);
                return;
            }
            level.index++;
            pointer = level.here();
            level.name = null;
        }
        plain(event, pointer);
        if (event instanceof CollectionStartEvent) {
            levels.push(new Level(pointer, event instanceof MappingStartEvent));
        }
    }

    private void name(Level level, NodeEvent event) {
        // A name that is no text is refused by the parser.
        String name = event instanceof ScalarEvent scalar ? scalar.getValue() : "?";
        level.name = name;
        plain(event, level.here());
        if (!level.names.add(name)) {
            reader.complain(level.here(), "is given twice: keep one" + line(event));
        }
        if (event instanceof CollectionStartEvent) {
            levels.push(new Level(level.here(), event instanceof MappingStartEvent));
        }
    }

    private void plain(NodeEvent event, String pointer) {
        if (event.getAnchor() != null) {
            reader.complain(
                    pointer, "anchors and aliases are not part of the profile: write the value out" + line(event));
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag != null) {
            reader.complain(pointer, "tags are not part of the profile: write the value alone" + line(event));
        }
    }

    private static String line(Event event) {
        return " (line " + (event.getStartMark().getLine() + 1) + ")";
    }
}
