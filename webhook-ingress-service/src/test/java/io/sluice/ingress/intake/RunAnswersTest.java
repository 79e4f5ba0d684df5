package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.deployment.Deployment;
import io.sluice.ingress.endpoint.AddressRanges;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.expression.Expression;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.TaskList;
import io.sluice.run.store.RunOutcomes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunAnswersTest {

    private final Workbench bench = new Workbench();
    private final AtomicInteger faults = new AtomicInteger();
    private final ConnectionFactory connections = () -> {
        if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new AssertionError("the driver is confused");
        }
        return bench.jdbi.open().getConnection();
    };
    private final Filters breaking = new Filters(InstantSource.system()) {
        @Override
        Object evaluate(Expression expression, JsonNode input) {
            throw new StackOverflowError("deeper than anybody thought");
        }
    };
    private final RunAnswers answers =
            new RunAnswers(new RunOutcomes(Jdbi.create(connections)), breaking, Workbench.config());

    @AfterEach
    void stop() {
        answers.stop(new ShutdownEvent());
    }

    private Endpoint.Open endpoint(Optional<String> response) {
        Endpoint.Hidden nothing = new Endpoint.Hidden(Set.of(), Set.of(), Set.of(), Set.of());
        return new Endpoint.Open(
                new Deployment(bench.integration, "t", 1, false, null, null, null, Map.of(), null, List.of(), null),
                new Flow(
                        "tests",
                        "done",
                        "1.0.0",
                        "",
                        "",
                        JsonNodeFactory.instance.objectNode(),
                        Set.of(),
                        null,
                        null,
                        null,
                        TaskList.of(List.of()),
                        false,
                        JsonNodeFactory.instance.objectNode(),
                        JsonNodeFactory.instance.objectNode()),
                new Endpoint.Url("", null, true),
                List.of(),
                new Endpoint.Rules(
                        nothing, AddressRanges.ALL, null, Optional.empty(), response.map(Expression::compile)));
    }

    private CompletableFuture<Optional<Reply>> await(UUID run, Optional<String> response) {
        return answers.await(endpoint(response), run, Duration.ofSeconds(30), "request");
    }

    private static int status(CompletableFuture<Optional<Reply>> reply) throws Exception {
        return reply.get(10, TimeUnit.SECONDS).orElseThrow().status();
    }

    @Test
    void everyCallerOfARunIsAnsweredThoughOneAnswerBreaks() throws Exception {
        UUID run = bench.endedRun();
        CompletableFuture<Optional<Reply>> broken = await(run, Optional.of("run.id"));
        CompletableFuture<Optional<Reply>> whole = await(run, Optional.empty());

        answers.start(new StartupEvent());

        assertThat(status(broken)).isEqualTo(502);
        assertThat(status(whole)).isEqualTo(204);
    }

    @Test
    void confusedDriverDoesNotEndTheLook() throws Exception {
        faults.set(3);
        answers.start(new StartupEvent());

        assertThat(status(await(bench.endedRun(), Optional.empty()))).isEqualTo(204);
        assertThat(faults).hasValue(0);
    }

    @Test
    void nobodyIsLeftWithoutAnAnswerWhenTheServiceStops() throws Exception {
        CompletableFuture<Optional<Reply>> reply = await(UUID.randomUUID(), Optional.empty());
        answers.start(new StartupEvent());

        answers.stop(new ShutdownEvent());

        assertThat(reply.get(10, TimeUnit.SECONDS)).isEmpty();
    }
}
