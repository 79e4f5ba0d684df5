package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.FlowCompiler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Flows by their digest: stored for good, compiled once and kept in a bounded cache. */
public final class FlowStore {

    private static final int CACHED = 1_000;

    private final Jdbi jdbi;
    private final Map<String, Flow> compiled = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Flow> eldest) {
            return size() > CACHED;
        }
    };

    public FlowStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws IllegalStateException when the flow is not stored here */
    public Flow flow(String digest) {
        synchronized (compiled) {
            Flow cached = compiled.get(digest);
            if (cached != null) {
                return cached;
            }
        }
        JsonNode document = jdbi.withHandle(
                        handle -> handle.createQuery("select document from flow where digest = :digest")
                                .bind("digest", digest)
                                .mapTo(String.class)
                                .findOne())
                .map(Json::parse)
                .orElseThrow(() -> new IllegalStateException("flow " + digest + " is not stored"));
        Flow flow = FlowCompiler.compile(document);
        synchronized (compiled) {
            compiled.put(digest, flow);
        }
        return flow;
    }

    public boolean has(String digest) {
        return jdbi.withHandle(handle -> handle.createQuery("select 1 from flow where digest = :digest")
                .bind("digest", digest)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Stores a flow in the caller's transaction; the same again changes nothing. */
    public static void put(Handle handle, String digest, JsonNode document) {
        handle.createUpdate(
                        "insert into flow (digest, document) values (:digest, :document::jsonb) on conflict do nothing")
                .bind("digest", digest)
                .bind("document", StepLogStore.text(document))
                .execute();
    }
}
