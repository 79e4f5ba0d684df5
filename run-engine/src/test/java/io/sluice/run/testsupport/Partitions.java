package io.sluice.run.testsupport;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The tables that the history is made of. */
public record Partitions(Jdbi jdbi) {

    /** Names that a regular expression describes, in their order. */
    public List<String> tables(String pattern) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select relname from pg_class
                         where relname ~ ('^' || :pattern || '$') and relkind in ('r', 'p') order by relname
                        """)
                .bind("pattern", pattern)
                .mapTo(String.class)
                .list());
    }

    /** Those of single days. */
    public List<String> days() {
        return tables("run_r[0-9]+_[0-9]{8}");
    }

    /** Where a run lies. */
    public List<String> ofRun(UUID run) {
        return of("select tableoid::regclass::text from run where id = :run", run);
    }

    /** Where its steps lie. */
    public List<String> ofSteps(UUID run) {
        return of("select tableoid::regclass::text from run_step where run_id = :run", run);
    }

    private List<String> of(String query, UUID run) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).bind("run", run).mapTo(String.class).list());
    }

    /** Makes the database as it was, for other tests. */
    public void drop() {
        jdbi.useHandle(handle -> tables("run(_step)?_r[0-9]+").forEach(name -> handle.execute("drop table " + name)));
    }
}
