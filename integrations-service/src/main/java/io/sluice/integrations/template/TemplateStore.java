package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.integrations.audit.Audit;
import io.sluice.integrations.security.Caller;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Templates in the database: immutable by version, the library's visible to every tenant. */
@Singleton
public class TemplateStore {

    private static final int CACHED = 500;

    // The newest version of each, by number and not by text: 1.10.0 comes after 1.9.0.
    private static final String LIST = """
            select distinct on (namespace, name) tenant, namespace, name, version, digest, document, how_to
              from template
             where tenant in ('', :tenant)
             order by namespace, name, string_to_array(version, '.')::int[] desc
            """;

    private static final String FIND = """
            select tenant, namespace, name, version, digest, document, how_to
              from template
             where tenant in ('', :tenant) and namespace = :namespace and name = :name
               and (:version::text is null or version = :version)
             order by string_to_array(version, '.')::int[] desc
             limit 1
            """;

    private static final String VERSIONS = """
            select version from template
             where tenant in ('', :tenant) and namespace = :namespace and name = :name
             order by string_to_array(version, '.')::int[] desc
            """;

    private static final String INSERT = """
            insert into template (tenant, namespace, name, version, digest, document, how_to, created_at, created_by)
            values (:tenant, :namespace, :name, :version, :digest, :document::jsonb, :howTo, now(), :by)
            on conflict do nothing
            """;

    private final Jdbi jdbi;
    private final Map<String, Template> read = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Template> eldest) {
            return size() > CACHED;
        }
    };

    public TemplateStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Template> list(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("tenant", tenant)
                .map((row, context) -> template(
                        row.getString("tenant"),
                        row.getString("digest"),
                        row.getString("document"),
                        row.getString("how_to")))
                .list());
    }

    /** By {@code namespace/name} (the newest) or {@code namespace/name:version}. */
    public Optional<Template> find(String tenant, String reference) {
        int slash = reference.indexOf('/');
        int colon = reference.indexOf(':');
        if (slash < 1 || (colon >= 0 && colon < slash)) {
            return Optional.empty();
        }
        String name = colon < 0 ? reference.substring(slash + 1) : reference.substring(slash + 1, colon);
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("tenant", tenant)
                .bind("namespace", reference.substring(0, slash))
                .bind("name", name)
                .bind("version", colon < 0 ? null : reference.substring(colon + 1))
                .map((row, context) -> template(
                        row.getString("tenant"),
                        row.getString("digest"),
                        row.getString("document"),
                        row.getString("how_to")))
                .findOne());
    }

    /** Newest first. */
    public List<String> versions(String tenant, String namespace, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS)
                .bind("tenant", tenant)
                .bind("namespace", namespace)
                .bind("name", name)
                .mapTo(String.class)
                .list());
    }

    /** A document by its digest, for the services that run it. */
    public Optional<JsonNode> document(String digest) {
        return jdbi.withHandle(
                        handle -> handle.createQuery("select document from template where digest = :digest limit 1")
                                .bind("digest", digest)
                                .mapTo(String.class)
                                .findOne())
                .map(Json::parse);
    }

    /**
     * Stores a version.
     *
     * @return false when this version exists; it stays as it is then
     */
    public boolean insert(Template template, Caller by) {
        return jdbi.inTransaction(handle -> {
            boolean isNew = insert(handle, template, by.name());
            if (isNew) {
                JsonNode after = Json.MAPPER
                        .createObjectNode()
                        .put("name", template.flow().title())
                        .put("digest", template.digest());
                Audit.note(
                        handle, by, Audit.Kind.TEMPLATE, template.flow().reference(), MissingNode.getInstance(), after);
            }
            return isNew;
        });
    }

    /** One of the library's, likewise. */
    boolean insertOfLibrary(Template template) {
        return jdbi.withHandle(handle -> insert(handle, template, "library"));
    }

    private static boolean insert(Handle handle, Template template, String by) {
        return handle.createUpdate(INSERT)
                        .bind("tenant", template.tenant())
                        .bind("namespace", template.flow().namespace())
                        .bind("name", template.flow().name())
                        .bind("version", template.flow().version())
                        .bind("digest", template.digest())
                        .bind("document", Json.text(template.flow().document()))
                        .bind("howTo", template.howTo())
                        .bind("by", by)
                        .execute()
                == 1;
    }

    private Template template(String tenant, String digest, String document, String howTo) {
        // A tenant's copy of a library document has the same digest, but is not the library's.
        String key = tenant + "\n" + digest;
        synchronized (read) {
            return read.computeIfAbsent(key, k -> TemplateReader.read(tenant, Json.parse(document), howTo));
        }
    }
}
