package io.sluice.contract.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** All problems our APIs answer with. Slugs are contract: add freely, never rename. */
public enum ProblemType {
    BAD_REQUEST("bad-request", 400, "The request cannot be understood"),
    INVALID_FIELDS("invalid-fields", 400, "Some fields need another value"),
    INVALID_FLOW("invalid-flow", 400, "The flow is outside the profile that Sluice runs"),
    UNKNOWN_TEMPLATE("unknown-template", 400, "There is no such template"),
    UNKNOWN_CONNECTION("unknown-connection", 400, "There is no such connection"),
    UNAUTHENTICATED("unauthenticated", 401, "Log in, or send a valid bearer token"),
    BAD_SIGNATURE("bad-signature", 401, "The call is not signed as this endpoint expects"),
    FORBIDDEN("forbidden", 403, "Your role does not allow this"),
    NOT_FOUND("not-found", 404, "No such resource"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer cannot be given in the wanted format"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not come in time"),
    TRIGGER_NOT_SUPPORTED("trigger-not-supported", 409, "The template cannot be started this way"),
    IN_USE("in-use", 409, "Something still uses this"),
    NAME_TAKEN("name-taken", 409, "The name is taken"),
    TEMPLATE_VERSION_EXISTS("template-version-exists", 409, "This version of the template exists"),
    WEBHOOK_OFF("webhook-off", 409, "The webhook is not enabled"),
    RUN_STATE("run-state", 409, "The run's state does not allow this"),
    VERSION_CONFLICT("version-conflict", 412, "The resource was changed by someone else"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This content type is not accepted here"),
    PRECONDITION_REQUIRED("precondition-required", 428, "Say which version you are changing"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    INTERNAL_ERROR("internal-error", 500, "Something went wrong on our side"),
    RUN_FAILED("run-failed", 502, "The run that was waited for has failed"),
    UNAVAILABLE("unavailable", 503, "A part that is needed for this is away");

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The stable identifier on the wire. */
    public URI uri() {
        return URI.create("urn:sluice:problem:" + slug);
    }

    /** The one with this identifier; empty when a newer version has made it. */
    public static Optional<ProblemType> of(URI uri) {
        return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
