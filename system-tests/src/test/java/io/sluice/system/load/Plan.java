package io.sluice.system.load;

import java.util.function.IntUnaryOperator;

/**
 * What is sent.
 *
 * @param calls how many
 * @param eventOf which event each call brings
 */
public record Plan(int calls, IntUnaryOperator eventOf) {

    private static final int SOON = 10;
    private static final int LATER = 25;

    /** Each event once. */
    public static Plan each(int calls) {
        return new Plan(calls, call -> call);
    }

    /** Every tenth call repeats the one right before it, every 25th one from long ago. */
    public static Plan withRepetitions(int calls) {
        return new Plan(calls, Plan::repeating);
    }

    private static int repeating(int call) {
        if (call % SOON == SOON - 1) {
            return call - 1;
        }
        return call % LATER == LATER - 1 ? repeating(call / 2) : call;
    }
}
