package io.sluice.local.demo;

/** Ends a request with an answer that says what is wrong with it. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refused(Answer answer, String message) {
        super(message);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    static Refused badRequest(String message) {
        return plain(400, message);
    }

    static Refused notFound(String message) {
        return plain(404, message);
    }

    /** The shape of errors where no vendor prescribes one. */
    static Refused plain(int status, String message) {
        var body = DemoJson.object().put("status", status).put("error", message);
        return new Refused(Answer.json(status, body), message);
    }
}
