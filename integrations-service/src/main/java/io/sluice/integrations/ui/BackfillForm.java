package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.StartBackfill;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A past range whose instants shall run, by the schedule's clock. */
public record BackfillForm(String from, String to, String perMinute) {

    static final BackfillForm EMPTY = new BackfillForm("", "", "60");

    static BackfillForm of(MultivaluedMap<String, String> form) {
        return new BackfillForm(text(form, "from"), text(form, "to"), text(form, "perMinute"));
    }

    /** @throws ProblemException at the field that cannot be read */
    StartBackfill wanted(String zone, boolean dryRun) {
        if (!perMinute.matches("[1-9]\\d{0,4}") || Integer.parseInt(perMinute) > 60_000) {
            throw ProblemException.field("/perMinute", "1 to 60000");
        }
        return new StartBackfill(
                moment("/from", from, zone), moment("/to", to, zone), dryRun, Integer.valueOf(perMinute));
    }

    private static Instant moment(String pointer, String local, String zone) {
        try {
            return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.field(pointer, "a date and time");
        }
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        @Nullable String value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
