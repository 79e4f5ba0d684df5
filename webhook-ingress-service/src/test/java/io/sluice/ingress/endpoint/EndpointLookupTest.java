package io.sluice.ingress.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointLookupTest {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final EndpointLookup lookup =
            new EndpointLookup(new EndpointStore(Jdbi.create(this::connect), new EndpointMaker(null, null, null)));

    @AfterEach
    void stop() {
        lookup.stop();
    }

    @Test
    void handshakesAtUnknownUrlsTakeOneConnectionHoweverManyCome() {
        List<CompletableFuture<Endpoint>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(lookup.find("hash-" + i, Set.of("slack", "zoom")).toCompletableFuture());
            answers.add(lookup.find("hash-" + i).toCompletableFuture());
        }
        asked.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThatThrownBy(answer::join).hasRootCauseMessage("there is no connection"));
        assertThat(most).hasValue(1);
    }

    /** One that is waited for until all questions are asked. */
    private Connection connect() throws SQLException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            now.decrementAndGet();
        }
        throw new SQLException("there is no connection", "08001");
    }
}
