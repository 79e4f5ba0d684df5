package io.sluice.run.seal;

/** A key as configuration has it: its id, a colon, its base64. */
record KeyText(String id, String base64) {

    /** @throws SealException when the text has another form */
    static KeyText parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.substring(0, colon).contains(".")) {
            throw new SealException("a key is written id:base64, the id without a dot");
        }
        return new KeyText(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }
}
