package io.sluice.ingress.intake;

/** Memory for what is made of a call. False means that there is none left, and that the call must come again. */
interface Room {

    /** For a person's own calls, which are few and small. */
    Room BOUNDLESS = new Room() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public boolean carry(long weight) {
            return true;
        }
    };

    /** For bytes that are about to be held. */
    boolean take(long bytes);

    /** For what is about to be made of them, by an estimate. */
    boolean carry(long weight);
}
