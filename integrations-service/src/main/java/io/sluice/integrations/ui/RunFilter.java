package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.TriggerKind;
import io.sluice.integrations.run.RunHistory;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a person wants to see, as typed; what is empty does not narrow.
 *
 * @param from a local time in the zone, as browsers send it, or an instant
 * @param to likewise, not itself included
 */
public record RunFilter(String status, String trigger, String from, String to, String zone, List<FieldProblem> errors) {

    /** A link that changes one part of the filter and keeps the others. */
    public record Chip(String label, String link, boolean current) {}

    static RunFilter of(MultivaluedMap<String, String> typed) {
        RunFilter filter = new RunFilter(
                known(typed, "status", Arrays.stream(RunStatus.values()).map(RunStatus::wireName)),
                known(typed, "trigger", Arrays.stream(TriggerKind.values()).map(TriggerKind::wireName)),
                text(typed, "from"),
                text(typed, "to"),
                text(typed, "zone").isEmpty() ? "UTC" : text(typed, "zone"),
                List.of());
        return filter.checked();
    }

    /** What is no such word does not narrow: the chips show what does. */
    private static String known(MultivaluedMap<String, String> typed, String name, Stream<String> words) {
        String word = text(typed, name);
        return words.anyMatch(word::equals) ? word : "";
    }

    private static String text(MultivaluedMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private RunFilter checked() {
        List<FieldProblem> found = new ArrayList<>();
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            found.add(new FieldProblem("zone", "a zone such as Europe/Berlin, or UTC"));
            return with(found);
        }
        Instant start = read("from", from, found);
        Instant end = read("to", to, found);
        if (start != null && end != null && !start.isBefore(end)) {
            found.add(new FieldProblem("to", "after the beginning"));
        }
        return with(found);
    }

    private @Nullable Instant read(String field, String time, List<FieldProblem> found) {
        try {
            return instant(time);
        } catch (DateTimeException e) {
            found.add(new FieldProblem(field, "a time such as 2026-11-24T05:55"));
            return null;
        }
    }

    private @Nullable Instant instant(String time) {
        if (time.isEmpty()) {
            return null;
        }
        return time.endsWith("Z")
                ? Instant.parse(time)
                : LocalDateTime.parse(time).atZone(ZoneId.of(zone)).toInstant();
    }

    private RunFilter with(List<FieldProblem> found) {
        return new RunFilter(status, trigger, from, to, zone, List.copyOf(found));
    }

    RunFilter withStatus(String other) {
        return new RunFilter(other, trigger, from, to, zone, errors);
    }

    private RunFilter withTimes(String start, String end) {
        return new RunFilter(status, trigger, start, end, zone, errors);
    }

    public boolean isValid() {
        return errors.isEmpty();
    }

    /** Whether more than the state narrows, so that the page shows by what. */
    public boolean isNarrow() {
        return !trigger.isEmpty() || isTimed() || !isValid();
    }

    public boolean isTimed() {
        return !from.isEmpty() || !to.isEmpty();
    }

    /** The complaint about a field, or nothing. */
    public String about(String field) {
        return SchemaForm.error(errors, field);
    }

    RunHistory.Query query(@Nullable UUID before, int limit) {
        return new RunHistory.Query(
                status.isEmpty() ? null : status,
                trigger.isEmpty() ? null : trigger,
                words(instant(from)),
                words(instant(to)),
                before,
                limit);
    }

    /** Only what has ended can be repeated: what asks for more means those that failed. */
    ReplayFilter ended(String errorCode) {
        return new ReplayFilter(
                RunStatus.of(endedStatus()),
                trigger.isEmpty() ? null : TriggerKind.of(trigger),
                instant(from),
                instant(to),
                errorCode.isEmpty() ? null : errorCode);
    }

    public String endedStatus() {
        return status.isEmpty() || !RunStatus.of(status).isFinal() ? RunStatus.FAILED.wireName() : status;
    }

    private static @Nullable String words(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** The filter as a query, for links that keep it. */
    public String link() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("status", status);
        parts.put("trigger", trigger);
        parts.put("from", from);
        parts.put("to", to);
        parts.put("zone", isTimed() ? zone : "");
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    public List<Chip> states() {
        List<Chip> chips = new ArrayList<>();
        chips.add(new Chip("All", withStatus("").link(), status.isEmpty()));
        for (RunStatus state : RunStatus.values()) {
            chips.add(new Chip(
                    StateMark.of(state, null).words(),
                    withStatus(state.wireName()).link(),
                    status.equals(state.wireName())));
        }
        return chips;
    }

    /** Times that are asked for most, up to now. */
    List<Chip> ranges(Instant now) {
        if (!isValid()) {
            return List.of();
        }
        return List.of(
                range("Last hour", now.minus(1, ChronoUnit.HOURS)),
                range("Last day", now.minus(1, ChronoUnit.DAYS)),
                range("Last 7 days", now.minus(7, ChronoUnit.DAYS)));
    }

    private Chip range(String label, Instant start) {
        LocalDateTime local = LocalDateTime.ofInstant(start, ZoneId.of(zone)).truncatedTo(ChronoUnit.MINUTES);
        return new Chip(label, withTimes(local.toString(), "").link(), false);
    }
}
