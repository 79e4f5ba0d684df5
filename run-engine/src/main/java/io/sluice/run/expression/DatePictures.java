package io.sluice.run.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pictures of dates within reason. JSONata pads a component to any width that is asked for, and reads with a
 * pattern made of the picture, whose loose components may try each way to share a text among them.
 */
final class DatePictures {

    private static final int LONGEST = 200;
    private static final int MOST_LOOSE = 3;
    private static final Pattern COMPONENT = Pattern.compile("\\[[^\\[\\]]*+]");
    private static final Pattern WIDTH = Pattern.compile("[,-][^\\]]*[0-9]{3}");
    private static final Pattern FIXED = Pattern.compile("\\[[A-Za-z](?:[0-9]{2,4}|f?[0-9]{3})]");
    private static final Pattern LETTERS = Pattern.compile("\\[.[nNwWaAiI].*");

    private DatePictures() {}

    /** @throws ExpressionException when it would make a text that is out of all proportion */
    static void check(@Nullable String picture) {
        if (picture == null) {
            return;
        }
        if (picture.length() > LONGEST) {
            throw new ExpressionException("a picture has at most " + LONGEST + " characters");
        }
        Matcher components = COMPONENT.matcher(picture.replaceAll("\\s", ""));
        while (components.find()) {
            if (WIDTH.matcher(components.group()).find()) {
                throw new ExpressionException("a component of a picture is at most 99 characters wide");
            }
        }
    }

    /** @throws ExpressionException when a text may be shared among its components in too many ways */
    static void checkToRead(@Nullable String text, @Nullable String picture) {
        check(picture);
        if (picture == null) {
            return;
        }
        if (text != null && text.length() > LONGEST) {
            throw new ExpressionException("a date has at most " + LONGEST + " characters");
        }
        Matcher components = COMPONENT.matcher(picture);
        int loose = 0;
        while (components.find()) {
            String component = components.group();
            boolean beside = components.end() < picture.length() && isOpen(picture.charAt(components.end()));
            boolean fixed = FIXED.matcher(component).matches();
            loose += LETTERS.matcher(component).matches() || (beside && !fixed) ? 1 : 0;
        }
        if (loose > MOST_LOOSE) {
            throw new ExpressionException("components of a picture need something between them to tell them apart");
        }
    }

    private static boolean isOpen(char next) {
        return next == '[' || Character.isLetterOrDigit(next);
    }
}
