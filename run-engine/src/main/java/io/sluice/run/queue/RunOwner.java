package io.sluice.run.queue;

import java.util.Locale;

/** The services that own runs. */
public enum RunOwner {
    INGRESS(1),
    SCHEDULER(2);

    private final int tag;

    RunOwner(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }

    /** The name in answers, such as in {@code unavailable}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
