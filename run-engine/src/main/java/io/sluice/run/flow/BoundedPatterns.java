package io.sluice.run.flow;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;

/**
 * Regular expressions of parameters' schemas. They are their author's, who may be anybody, and the JDK's engine may go
 * back and forth in a text for ever: so each look at a character counts.
 */
final class BoundedPatterns implements RegularExpressionFactory {

    /** Looks at characters in one match; a sane pattern takes a few for each character of the text. */
    private static final int MOST = 2_000_000;

    /** A pattern that would not have come to an end. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlow(String pattern) {
            super("the pattern " + pattern + " takes too long on this text");
        }
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(new Counted(text, regex)).find();
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private final String regex;
        private int looks;

        Counted(String text, String regex) {
            this.text = text;
            this.regex = regex;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST) {
                throw new TooSlow(regex);
            }
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
