package io.sluice.run.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tasks in order, found by name. */
public record TaskList(List<Task> tasks, Map<String, Integer> positions) {

    /** @throws IllegalArgumentException never: the compiler has refused double names before */
    public static TaskList of(List<Task> tasks) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            positions.put(tasks.get(i).frame().name(), i);
        }
        return new TaskList(List.copyOf(tasks), Map.copyOf(positions));
    }
}
