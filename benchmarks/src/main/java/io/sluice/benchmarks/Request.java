package io.sluice.benchmarks;

import io.sluice.benchmarks.measure.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line asks for.
 *
 * @param markdown whether tables are printed ready to be pasted into the documentation
 */
record Request(List<Benchmark> benchmarks, Scale scale, boolean markdown) {

    static final String USAGE = """
            Usage: ./sluice bench [--markdown] [--tiny] [--runs=N] [--seconds=N]
                                   [engine|http|queue|ingress|memory|memory-queue|ingress-memory
                                    |schedules|schedules-million|next-instants…]

              Without names: engine, http, queue, ingress and memory, one after the other, each in a JVM of its own.
              --markdown   prints tables ready for docs/benchmarks.md
              --runs=N     runs of http, queue and the two memories, schedules of schedules and schedules-million; each has
                           its own number otherwise
              --seconds=N  how long a phase of ingress (30), all of ingress-memory (600), a subject of schedules (60) or
                           the steady rate of schedules-million (120) takes
              --tiny       just enough to see that it works
            """;

    Request {
        benchmarks = List.copyOf(benchmarks);
    }

    /** Empty when nobody can tell what was meant. */
    static Optional<Request> parse(List<String> words) {
        List<Benchmark> named = new ArrayList<>();
        boolean markdown = false;
        boolean tiny = false;
        OptionalInt runs = OptionalInt.empty();
        OptionalInt seconds = OptionalInt.empty();
        for (String word : words) {
            Optional<Benchmark> benchmark = Benchmark.called(word);
            if (benchmark.isPresent()) {
                named.add(benchmark.get());
            } else if (word.equals("--markdown")) {
                markdown = true;
            } else if (word.equals("--tiny")) {
                tiny = true;
            } else if (word.matches("--runs=[1-9]\\d{0,8}")) {
                runs = OptionalInt.of(Integer.parseInt(word.substring("--runs=".length())));
            } else if (word.matches("--seconds=[1-9]\\d{0,4}")) {
                seconds = OptionalInt.of(Integer.parseInt(word.substring("--seconds=".length())));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Request(named.isEmpty() ? Benchmark.USUAL : named, new Scale(tiny, runs, seconds), markdown));
    }
}
