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

    /** @param schemes of a handshake that it looks like; none for any other call */
    private record Question(String sha256, Set<String> schemes, CompletableFuture<Endpoint> answer) {

        EndpointStore.Handshake handshake() {
            return new EndpointStore.Handshake(sha256, schemes);
        }
    }

    EndpointLookup(EndpointStore store) {
        this.store = store;
        this.thread = Thread.ofVirtual().name("endpoint-lookup").start(this::look);
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    CompletionStage<Endpoint> find(String sha256) {
        return find(sha256, Set.of());
    }

    /** Also a disabled one, where it is of one of these schemes. */
    CompletionStage<Endpoint> find(String sha256, Set<String> schemes) {
        CompletableFuture<Endpoint> answer = new CompletableFuture<>();
        if (!waiting.offer(new Question(sha256, schemes, answer))) {
            answer.completeExceptionally(new RejectedExecutionException("too many unknown URLs are being looked up"));
        }
        return answer;
    }

    private void look() {
        List<Question> batch = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            batch.clear();
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                answer(batch.stream()
                        .filter(question -> question.schemes().isEmpty())
                        .toList());
                answerHandshakes(batch.stream()
                        .filter(question -> !question.schemes().isEmpty())
                        .toList());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                batch.forEach(question -> question.answer().completeExceptionally(e));
            }
        }
    }

    private void answer(List<Question> calls) {
        if (!calls.isEmpty()) {
            Map<String, Endpoint> found =
                    store.find(calls.stream().map(Question::sha256).distinct().toList());
            calls.forEach(question ->
                    question.answer().complete(found.getOrDefault(question.sha256(), new Endpoint.Closed())));
        }
    }

    private void answerHandshakes(List<Question> handshakes) {
        if (!handshakes.isEmpty()) {
            Map<Integer, Endpoint> found =
                    store.find(handshakes.stream().map(Question::handshake).toList());
            for (int i = 0; i < handshakes.size(); i++) {
                handshakes.get(i).answer().complete(found.getOrDefault(i, new Endpoint.Closed()));
            }
        }
    }
}
