package io.sluice.run.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Built-ins that search texts, by a text or by a regular expression, within the bounds. */
final class RegexBuiltins {

    private RegexBuiltins() {}

    static @Nullable Object contains(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        return matcher(arguments.at(1), text, watch).find();
    }

    /** The JDK's own search looks at no bounds, and may take as many steps as both texts have characters, multiplied. */
    static @Nullable Object before(Builtin.Arguments arguments, Watch watch) {
        return cut(arguments, watch, true);
    }

    static @Nullable Object after(Builtin.Arguments arguments, Watch watch) {
        return cut(arguments, watch, false);
    }

    private static @Nullable Object cut(Builtin.Arguments arguments, Watch watch, boolean before) {
        String text = arguments.text(0);
        String token = arguments.text(1);
        if (text == null || token == null) {
            return text;
        }
        Matcher matcher = matcher(token, text, watch);
        if (!matcher.find()) {
            return text;
        }
        watch.text(before ? matcher.start() : text.length() - matcher.end());
        return before ? text.substring(0, matcher.start()) : text.substring(matcher.end());
    }

    static @Nullable Object match(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        long most = limit(arguments.at(2), "Third argument of match function");
        List<@Nullable Object> result = Utils.createSequence();
        Matcher matcher = matcher(arguments.at(1), text, watch);
        while (result.size() < most && matcher.find()) {
            Map<String, @Nullable Object> found = found(matcher, watch);
            found.put("index", matcher.start());
            result.add(found);
        }
        return result;
    }

    private static Map<String, @Nullable Object> found(MatchResult match, Watch watch) {
        watch.look();
        watch.produced(Weight.map(4));
        watch.text(match.group().length());
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("match", match.group());
        found.put("groups", RegexFunction.groups(match, watch));
        return found;
    }

    static @Nullable Object split(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        long most = limit(arguments.at(2), "Third argument of split function");
        List<String> parts = new ArrayList<>();
        if ("".equals(arguments.at(1))) {
            for (int i = 0; i < text.length() && parts.size() < most; i++) {
                part(parts, text.substring(i, i + 1), watch);
            }
            return parts;
        }
        Matcher matcher = matcher(arguments.at(1), text, watch);
        int from = 0;
        boolean whole = false;
        while (parts.size() < most && !whole) {
            // As Java's own: nothing that is found at the very beginning makes an empty first part.
            boolean found = matcher.find();
            if (found && matcher.end() == 0) {
                continue;
            }
            whole = !found;
            part(parts, text.substring(from, found ? matcher.start() : text.length()), watch);
            from = found ? matcher.end() : from;
        }
        return parts;
    }

    private static void part(List<String> parts, String part, Watch watch) {
        watch.tick();
        watch.produced(Weight.list(1) + Weight.text(part.length()));
        parts.add(part);
    }

    static @Nullable Object replace(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        if ("".equals(arguments.at(1))) {
            throw new ExpressionException("Second argument of replace function cannot be an empty string");
        }
        long most = limit(arguments.at(3), "Fourth argument of replace function");
        boolean plain = arguments.at(1) instanceof String;
        Matcher matcher = matcher(arguments.at(1), text, watch);
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (long i = 0; i < most && matcher.find(); i++) {
            String by = replacement(arguments.at(2), matcher, plain, watch);
            append(result, text.substring(from, matcher.start()), watch);
            append(result, by, watch);
            from = matcher.end();
        }
        append(result, text.substring(from), watch);
        return result.toString();
    }

    private static void append(StringBuilder result, String part, Watch watch) {
        // The builder doubles, and is copied in the end.
        watch.produced(6L * part.length());
        watch.largest(result.length() + (long) part.length());
        result.append(part);
    }

    private static String replacement(@Nullable Object by, MatchResult match, boolean plain, Watch watch) {
        watch.tick();
        if (by instanceof String text) {
            return plain ? text : filled(text, match, watch);
        }
        try {
            Object made = Functions.funcApply(by, List.of(found(match, watch)));
            if (made instanceof String text) {
                return text;
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ExpressionException("the function of $replace failed", e);
        }
        throw new ExpressionException("Attempted to replace a matched string with a non-string value");
    }

    /** A replacement with its groups: {@code $1}, {@code $0} for all that matched, {@code $$} for a dollar sign. */
    private static String filled(String by, MatchResult match, Watch watch) {
        if (by.indexOf('$') < 0) {
            return by;
        }
        StringBuilder filled = new StringBuilder();
        int digits = String.valueOf(match.groupCount()).length();
        int i = 0;
        while (i < by.length()) {
            char c = by.charAt(i++);
            if (c != '$') {
                filled.append(c);
            } else if (i < by.length() && by.charAt(i) == '$') {
                filled.append('$');
                i++;
            } else {
                int end = i;
                while (end < by.length() && end - i < digits && Character.isDigit(by.charAt(end))) {
                    end++;
                }
                if (end - i > 1 && Integer.parseInt(by.substring(i, end)) > match.groupCount()) {
                    end--;
                }
                group(filled, end == i ? -1 : Integer.parseInt(by.substring(i, end)), match, watch);
                i = end;
            }
        }
        return filled.toString();
    }

    private static void group(StringBuilder filled, int number, MatchResult match, Watch watch) {
        if (number < 0) {
            filled.append('$');
        } else if (number <= match.groupCount() && match.group(number) != null) {
            append(filled, match.group(number), watch);
        }
    }

    private static Matcher matcher(@Nullable Object pattern, String text, Watch watch) {
        return switch (pattern) {
            case RegexFunction regex -> regex.matcher(text, watch);
            case String token -> new RegexFunction(Pattern.compile(token, Pattern.LITERAL)).matcher(text, watch);
            case null, default -> throw new ExpressionException("a text or a regular expression was expected");
        };
    }

    private static long limit(@Nullable Object given, String of) {
        if (!(given instanceof Number number)) {
            return Long.MAX_VALUE;
        }
        if (number.doubleValue() < 0) {
            throw new ExpressionException(of + " must evaluate to a positive number");
        }
        return (long) number.doubleValue();
    }
}
