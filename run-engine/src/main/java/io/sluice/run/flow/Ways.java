package io.sluice.run.flow;

import io.sluice.run.expression.Pointers;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the tasks of a list lead to: each target exists, and each task is led to. */
final class Ways {

    private final TaskList list;
    private final Set<String> names;
    private final String pointer;
    private final Reader reader;

    /** @param names of all tasks, those that could not be read included */
    Ways(TaskList list, Set<String> names, String pointer, Reader reader) {
        this.list = list;
        this.names = names;
        this.pointer = pointer;
        this.reader = reader;
    }

    void check() {
        for (Task task : list.tasks()) {
            target(task.frame().then(), task.frame().pointer() + "/then");
            if (task instanceof Task.SwitchTask choice) {
                for (int i = 0; i < choice.cases().size(); i++) {
                    Task.Case way = choice.cases().get(i);
                    target(
                            way.then(),
                            task.frame().pointer() + "/switch/" + i + "/" + Pointers.escape(way.name()) + "/then");
                }
            }
        }
        if (list.positions().size() == list.tasks().size() && new HashSet<>(names).equals(positionsNames())) {
            reached();
        }
    }

    private Set<String> positionsNames() {
        return list.positions().keySet();
    }

    private void target(Then way, String at) {
        if (way instanceof Then.Goto(var target) && !names.contains(target)) {
            reader.complain(
                    at,
                    "there is no task “" + target + "” in " + pointer
                            + "; name one of that list, continue, exit or end");
        }
    }

    private void reached() {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int position = open.pop();
            if (position < list.tasks().size() && !reached.get(position)) {
                reached.set(position);
                open.addAll(after(position));
            }
        }
        for (int i = reached.nextClearBit(0); i < list.tasks().size(); i = reached.nextClearBit(i + 1)) {
            reader.complain(
                    list.tasks().get(i).frame().pointer(),
                    "is never reached: the task before does not go on here, and no then names it");
        }
    }

    private Set<Integer> after(int position) {
        Task task = list.tasks().get(position);
        Set<Integer> after = new HashSet<>();
        if (task.frame().condition() != null) {
            after.add(position + 1);
        }
        switch (task) {
            case Task.RaiseTask _ -> {}
            case Task.SwitchTask choice -> {
                choice.cases().forEach(way -> follow(way.then(), position, after));
                if (choice.cases().stream().noneMatch(way -> way.when() == null)) {
                    follow(choice.frame().then(), position, after);
                }
            }
            case Task.SetTask _, Task.DoTask _, Task.ForTask _, Task.TryTask _, Task.HttpTask _, Task.WaitTask _ ->
                follow(task.frame().then(), position, after);
        }
        return after;
    }

    private void follow(Then way, int position, Set<Integer> after) {
        switch (way) {
            case Then.Next _ -> after.add(position + 1);
            case Then.Goto(var target) -> {
                Integer there = list.positions().get(target);
                if (there != null) {
                    after.add(there);
                }
            }
            case Then.Exit _, Then.End _ -> {}
        }
    }
}
