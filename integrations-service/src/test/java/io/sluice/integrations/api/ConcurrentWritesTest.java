package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class ConcurrentWritesTest {

    private static final int WRITERS = 8;
    private static final int EACH = 15;

    private final Person editor = Person.editor(Person.freshTenant());

    @Test
    void ofTwoUpdatesOnOneVersionExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            Made made = Made.byWebhook(editor, "Contended " + round);

            List<Integer> statuses = atOnce(2, writer -> update(made, made.etag(), "Writer " + writer));

            assertThat(statuses).containsExactlyInAnyOrder(200, 412);
        }
    }

    @Test
    void manyWritersOfManyIntegrationsAllGetThrough() throws Exception {
        // More writers than the pool has connections: none may hold one while it waits for a second.
        Made shop = Made.shop(editor, "Shop", "password");
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(Made.signed(editor, "Busy " + i, shop.id()));
        }

        List<Integer> statuses = atOnce(
                all.size(),
                writer -> editor.call(all.get(writer).etag())
                        .body(Map.of(
                                "name",
                                "Written " + writer,
                                "configuration",
                                Map.of("shopUrl", "https://shop.example.org"),
                                "connections",
                                Map.of("shop", shop.id())))
                        .put(all.get(writer).path())
                        .statusCode());

        assertThat(statuses).containsOnly(200);
    }

    @Test
    void followerSeesEveryRevisionInOrderWhileEightWrite() throws Exception {
        Feed feed = Feed.ingress();
        String epoch = feed.epoch();
        long start = feed.end();
        List<Long> seen = new ArrayList<>();
        try (ExecutorService follower = Executors.newSingleThreadExecutor()) {
            Future<?> following = follower.submit(() -> {
                long after = start;
                while (seen.size() < WRITERS * EACH) {
                    JsonPath page = feed.page(epoch, after, "5s");
                    List<Long> revisions = page.getList("items.revision", Long.class);
                    assertThat(revisions)
                            .as("something comes while there is more to see")
                            .isNotEmpty();
                    seen.addAll(revisions);
                    after = page.getLong("revision");
                    assertThat(after).isEqualTo(revisions.getLast());
                }
            });

            atOnce(WRITERS, writer -> {
                Person person = Person.editor(Person.freshTenant());
                for (int i = 0; i < EACH; i++) {
                    Made.byWebhook(person, "Made " + i);
                }
                return 0;
            });

            following.get(30, TimeUnit.SECONDS);
        }
        // Each integration is written once, so nothing is compacted: a gap would be a state that was missed.
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(start + 1, start + WRITERS * EACH)
                        .boxed()
                        .toList());
    }

    @Test
    void followerEndsWithTheNewestStateOfWhatChangesAllTheTime() throws Exception {
        Feed feed = Feed.ingress();
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            all.add(Made.byWebhook(editor, "Changing " + i));
        }

        List<String> names = atOnce(WRITERS, writer -> {
            String name = "";
            for (int i = 0; i < EACH; i++) {
                name = "Writer " + writer + " of " + i;
                assertThat(update(all.get(writer), "*", name)).isEqualTo(200);
            }
            return name;
        });

        Map<String, Map<String, Object>> states = feed.all();
        for (int i = 0; i < WRITERS; i++) {
            Map<String, Object> state = states.get(all.get(i).id());
            assertThat(state.get("name")).isEqualTo(names.get(i));
            Made read = Made.of(editor.call().get(all.get(i).path()), 200);
            assertThat(((Number) state.get("revision")).longValue())
                    .isEqualTo(read.json().getLong("revision"));
        }
    }

    private int update(Made made, String etag, String name) {
        return editor.call(etag)
                .body(Map.of("name", name, "configuration", Map.of("url", "https://example.org/in")))
                .put(made.path())
                .statusCode();
    }

    private interface Work<T> {
        T of(int writer) throws Exception;
    }

    private static <T> List<T> atOnce(int writers, Work<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                Callable<T> started = () -> {
                    start.await();
                    return work.of(writer);
                };
                running.add(threads.submit(started));
            }
            start.countDown();
            for (Future<T> result : running) {
                results.add(result.get(90, TimeUnit.SECONDS));
            }
        }
        return results;
    }
}
