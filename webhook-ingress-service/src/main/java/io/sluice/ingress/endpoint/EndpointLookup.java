package io.sluice.ingress.endpoint;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** Asks the database for tokens, all that wait in one statement: ten thousand guesses a second are a few statements. */
@Singleton
class EndpointLookup {

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_AT_ONCE = 1_000;

    private final EndpointStore store;
    private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;

    private record Question(String sha256, CompletableFuture<Endpoint> answer) {}

    EndpointLookup(EndpointStore store) {
        this.store = store;
        this.thread = Thread.ofVirtual().name("endpoint-lookup").start(this::look);
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    CompletionStage<Endpoint> find(String sha256) {
        CompletableFuture<Endpoint> answer = new CompletableFuture<>();
        if (!waiting.offer(new Question(sha256, answer))) {
            answer.completeExceptionally(new RejectedExecutionException("too many unknown URLs are being looked up"));
        }
        return answer;
    }

    /** Rare: the shape of a handshake at a URL that is not open. */
    CompletionStage<Endpoint> find(String sha256, Set<String> schemes) {
        CompletableFuture<Endpoint> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("endpoint-handshake").start(() -> {
            try {
                answer.complete(store.find(List.of(sha256), schemes).getOrDefault(sha256, new Endpoint.Closed()));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void look() {
        List<Question> batch = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            batch.clear();
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                Map<String, Endpoint> found = store.find(
                        batch.stream().map(Question::sha256).distinct().toList(), Set.of());
                batch.forEach(question ->
                        question.answer().complete(found.getOrDefault(question.sha256(), new Endpoint.Closed())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                batch.forEach(question -> question.answer().completeExceptionally(e));
            }
        }
    }
}
