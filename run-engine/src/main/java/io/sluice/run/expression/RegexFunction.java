package io.sluice.run.expression;

import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A regular expression as JSONata has it, a function; each character that it looks at counts, so that it ends. */
final class RegexFunction extends Jsonata.JFunction {

    private final Pattern pattern;

    RegexFunction(Pattern pattern) {
        super((input, arguments) -> null, "<s-:o>");
        this.pattern = pattern;
    }

    Matcher matcher(String text, Watch watch) {
        return pattern.matcher(new Watched(text, watch));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(@Nullable Object input, List arguments) {
        return arguments.get(0) instanceof String text ? next(matcher(text, Watch.current()), Watch.current()) : null;
    }

    private static @Nullable Map<String, @Nullable Object> next(Matcher matcher, Watch watch) {
        watch.look();
        if (!matcher.find()) {
            return null;
        }
        Map<String, @Nullable Object> match = new LinkedHashMap<>();
        watch.text(matcher.group().length());
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher, watch));
        match.put("next", (Jsonata.Fn0<@Nullable Object>) () -> next(matcher, watch));
        return match;
    }

    static List<@Nullable Object> groups(MatchResult match, Watch watch) {
        List<@Nullable Object> groups = new ArrayList<>();
        watch.produced(Weight.list(match.groupCount()));
        for (int i = 1; i <= match.groupCount(); i++) {
            String group = match.group(i);
            watch.produced(group == null ? 0 : Weight.text(group.length()));
            groups.add(group);
        }
        return groups;
    }

    @Override
    public String toString() {
        return "/" + pattern + "/";
    }

    /** A text that looks at the bounds while a pattern goes back and forth in it. */
    private record Watched(String text, Watch watch) implements CharSequence {

        @Override
        public char charAt(int index) {
            watch.tick();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
