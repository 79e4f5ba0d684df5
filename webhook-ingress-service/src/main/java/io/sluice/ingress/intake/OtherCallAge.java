package io.sluice.ingress.intake;

import io.sluice.run.api.RetentionConfig;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** How long calls that started nothing are kept: on the day on which an accepted call would go, they go too. */
@Singleton
class OtherCallAge {

    // Ids are ordered by time, so the old ones come first. What another replica deletes, trims or has locked is left to
    // it:
    // nobody waits here, so there is no deadlock either. Hours, as the length of a day would depend on the time zone.
    private static final String FORGET = """
            delete from other_call where id = any(array(
                select o.id
                  from other_call o
                  left join unnest(:tenants::text[], :days::integer[]) as t (tenant, days) on t.tenant = o.tenant
                 where o.received_at
                       < to_timestamp(:midnight) - make_interval(hours => 24 * (coalesce(t.days, :otherwise) + 1))
                 order by o.id
                 limit 1000
                   for update of o skip locked))
            """;

    private final Jdbi jdbi;
    private final RetentionConfig retention;
    private final InstantSource clock;

    OtherCallAge(Jdbi jdbi, RetentionConfig retention, InstantSource clock) {
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
    }

    /** Forgets those that are too old, a bounded number at a time. */
    int forgetOld() {
        List<String> tenants = List.copyOf(retention.tenants().keySet());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                .bindArray("tenants", String.class, tenants.toArray())
                .bindArray(
                        "days",
                        Integer.class,
                        tenants.stream().map(retention::daysOf).toArray())
                .bind("midnight", today.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .bind("otherwise", retention.days())
                .execute());
    }
}
