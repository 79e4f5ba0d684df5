package io.sluice.integrations.person;

import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.security.Caller;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What people of a tenant prefer. */
@Singleton
public class PreferenceStore {

    private final Jdbi jdbi;

    PreferenceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Preferences of(Caller caller) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select zone, theme from preference where tenant = :tenant and person = :person")
                .bind("tenant", caller.tenant())
                .bind("person", caller.name())
                .map((row, context) -> new Preferences(row.getString("zone"), row.getString("theme")))
                .findOne()
                .orElse(Preferences.NONE));
    }

    /** @throws ProblemException when there is no such zone or theme */
    public void save(Caller caller, Preferences wanted) {
        check(wanted);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into preference (tenant, person, zone, theme) values (:tenant, :person, :zone, :theme)
                        on conflict (tenant, person) do update set zone = excluded.zone, theme = excluded.theme
                        """)
                .bind("tenant", caller.tenant())
                .bind("person", caller.name())
                .bind("zone", wanted.zone())
                .bind("theme", wanted.theme())
                .execute());
    }

    /** What the browser says is taken until the person has chosen. */
    public void suggestZone(Caller caller, @Nullable String zone) {
        Preferences suggested = new Preferences(zone, Preferences.NONE.theme());
        check(suggested);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into preference (tenant, person, zone, theme) values (:tenant, :person, :zone, :theme)
                        on conflict (tenant, person) do update set zone = coalesce(preference.zone, excluded.zone)
                        """)
                .bind("tenant", caller.tenant())
                .bind("person", caller.name())
                .bind("zone", suggested.zone())
                .bind("theme", suggested.theme())
                .execute());
    }

    private static void check(Preferences wanted) {
        if (wanted.zone() != null && !ZoneId.getAvailableZoneIds().contains(wanted.zone())) {
            throw ProblemException.field("/zone", "an IANA zone such as Australia/Sydney");
        }
        if (!Preferences.THEMES.contains(wanted.theme())) {
            throw ProblemException.field("/theme", "one of " + String.join(", ", Preferences.THEMES));
        }
    }
}
