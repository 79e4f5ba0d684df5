package io.sluice.ingress.intake;

/**
 * Memory that a call takes once it is read, told before it is. An estimate from above: for JSON made of brackets alone
 * the tree weighs thirty times its text.
 */
final class Weights {

    /** As bytes, as text, in the tree's leaves, and as it is written. */
    private static final int COPIES = 4;

    private static final int OBJECT = 200;
    private static final int ARRAY = 64;
    private static final int FIELD = 64;
    private static final int ITEM = 48;
    private static final int FORM_FIELD = 120;
    private static final int ENVELOPE = 1_000;
    private static final int HEADER = 120;

    private Weights() {}

    /** Of a body, whatever it is: what looks like structure is counted as such. */
    static long document(byte[] body) {
        long weight = (long) COPIES * body.length;
        for (byte b : body) {
            weight += switch (b) {
                case '{' -> OBJECT;
                case '[' -> ARRAY;
                case ':' -> FIELD;
                case ',' -> ITEM;
                case '&' -> FORM_FIELD;
                default -> 0;
            };
        }
        return weight;
    }

    /** Of an event but for its body; a batch repeats it for each of its events. */
    static long envelope(IncomingCall call) {
        long weight = ENVELOPE + (long) COPIES * call.query().length();
        weight += FORM_FIELD * call.query().chars().filter(c -> c == '&').count();
        for (var values : call.headers().values()) {
            weight += HEADER;
            for (String value : values) {
                weight += 2L * value.length();
            }
        }
        return weight;
    }
}
