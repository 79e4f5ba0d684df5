package io.sluice.scheduler.ledger;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Firing;
import io.sluice.contract.schedule.FiringOutcome;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The instants of a schedule with their outcomes, newest first. */
@Singleton
class FiringReads {

    private static final UUID NONE = new UUID(0, 0);

    // The schedule's own and its backfills' in one order; each side gives no more than the page takes,
    // and the row at which the page before ended.
    private static final String LIST = """
            with own as (
                select f.nominal_at, f.outcome, f.reason, f.run_id, f.fired_at, f.due_at, f.until, f.instants,
                       '00000000-0000-0000-0000-000000000000'::uuid as backfill_id
                  from firing f
                 where f.schedule_id = :id
                   and (:outcome::text is null or f.outcome = :outcome)
                   and f.nominal_at >= coalesce(:from::timestamptz, '-infinity')
                   and f.nominal_at <= least(coalesce(:to::timestamptz, 'infinity'), coalesce(:at::timestamptz, 'infinity'))
                 order by f.nominal_at desc
                 limit :most + 1),
            made_up as (
                select b.nominal_at, b.outcome, b.reason, b.run_id, b.fired_at, null::timestamptz as due_at,
                       null::timestamptz as until, null::bigint as instants, b.backfill_id
                  from backfill_firing b
                 where b.schedule_id = :id
                   and (:outcome::text is null or b.outcome = :outcome)
                   and b.nominal_at >= coalesce(:from::timestamptz, '-infinity')
                   and b.nominal_at <= coalesce(:to::timestamptz, 'infinity')
                   and (:at::timestamptz is null or (b.nominal_at, b.backfill_id) < (:at::timestamptz, :backfill::uuid))
                 order by b.nominal_at desc, b.backfill_id desc
                 limit :most)
            select * from (select * from own union all select * from made_up) f
             where exists (select 1 from schedule s where s.id = :id and s.tenant = :tenant)
               and (:at::timestamptz is null or (f.nominal_at, f.backfill_id) < (:at::timestamptz, :backfill::uuid))
             order by f.nominal_at desc, f.backfill_id desc
             limit :most
            """;

    private final Jdbi jdbi;

    FiringReads(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Which firings are asked for.
     *
     * @param cursor where the page before ended
     */
    record Wanted(
            @Nullable String outcome,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            int limit) {}

    /** @throws ProblemException when the cursor is none */
    Page<Firing> list(String tenant, UUID schedule, Wanted wanted) {
        Cursor cursor = wanted.cursor() == null ? null : Cursor.of(wanted.cursor());
        List<Firing> found = jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("id", schedule)
                .bind("tenant", tenant)
                .bind("outcome", wanted.outcome())
                .bind("from", text(wanted.from()))
                .bind("to", text(wanted.to()))
                .bind("at", cursor == null ? null : cursor.at().toString())
                .bind("backfill", cursor == null ? null : cursor.backfill().toString())
                .bind("most", wanted.limit() + 1)
                .map((row, context) -> firing(row))
                .list());
        if (found.size() <= wanted.limit()) {
            return new Page<>(found, null);
        }
        Firing last = found.get(wanted.limit() - 1);
        return new Page<>(
                List.copyOf(found.subList(0, wanted.limit())),
                new Cursor(last.nominalAt(), last.backfillId() == null ? NONE : last.backfillId()).text());
    }

    private static Firing firing(ResultSet row) throws SQLException {
        FiringOutcome outcome = FiringOutcome.of(row.getString("outcome"));
        Instant fired = row.getTimestamp("fired_at").toInstant();
        Timestamp due = row.getTimestamp("due_at");
        Timestamp until = row.getTimestamp("until");
        UUID backfill = row.getObject("backfill_id", UUID.class);
        boolean ran = outcome == FiringOutcome.RAN;
        return new Firing(
                row.getTimestamp("nominal_at").toInstant(),
                outcome,
                row.getString("reason"),
                row.getObject("run_id", UUID.class),
                ran ? fired : null,
                ran && due != null
                        ? Math.max(0, Duration.between(due.toInstant(), fired).toMillis())
                        : null,
                NONE.equals(backfill) ? null : backfill,
                until == null ? null : until.toInstant(),
                row.getObject("instants", Long.class));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** Where a page ended. */
    private record Cursor(Instant at, UUID backfill) {

        static Cursor of(String text) {
            try {
                int cut = text.indexOf('_');
                return new Cursor(
                        Instant.parse(text.substring(0, Math.max(0, cut))), UUID.fromString(text.substring(cut + 1)));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                throw ProblemException.field("?cursor", "the nextCursor of the page before");
            }
        }

        String text() {
            return at + "_" + backfill;
        }
    }
}
