package io.sluice.benchmarks.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.quartz.CronExpression;

/** A cron rule as the peers read it, and the same moments in their forms. */
@State(Scope.Thread)
public class CronState {

    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    /** Named as in the report. */
    @Param({"cron */5 * * * *", "cron 0 9 L * ?"})
    public String rule = "cron 0 9 L * ?";

    private final ZonedDateTime[] times =
            RuleState.moments().map(at -> at.atZone(RuleState.ZONE)).toArray(ZonedDateTime[]::new);
    private final Date[] dates = RuleState.moments().map(Date::from).toArray(Date[]::new);
    private ExecutionTime cronUtils = cronUtils(rule);
    private CronExpression quartz = quartz(rule);
    private int next;

    /** @throws IllegalStateException when they do not say the same as we: a wrong answer is not a fast one */
    @Setup
    public void read() {
        cronUtils = cronUtils(rule);
        quartz = quartz(rule);
        Instant after = dates[0].toInstant();
        if (!quartz.getNextValidTimeAfter(dates[0])
                .toInstant()
                .equals(cronUtils.nextExecution(times[0]).orElseThrow().toInstant())) {
            throw new IllegalStateException("different instants after " + after);
        }
    }

    /** With seconds, and a question mark for one of the two days. */
    private static String expression(String rule) {
        return rule.equals("cron */5 * * * *") ? "0 */5 * * * ?" : "0 0 9 L * ?";
    }

    private static ExecutionTime cronUtils(String rule) {
        return ExecutionTime.forCron(PARSER.parse(expression(rule)));
    }

    private static CronExpression quartz(String rule) {
        try {
            CronExpression expression = new CronExpression(expression(rule));
            expression.setTimeZone(TimeZone.getTimeZone(RuleState.ZONE));
            return expression;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    ExecutionTime cronUtils() {
        return cronUtils;
    }

    CronExpression quartz() {
        return quartz;
    }

    ZonedDateTime time() {
        return times[next++ & (times.length - 1)];
    }

    Date date() {
        return dates[next++ & (dates.length - 1)];
    }
}
