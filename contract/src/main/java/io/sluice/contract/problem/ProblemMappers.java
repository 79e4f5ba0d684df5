package io.sluice.contract.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever ends a request into {@code application/problem+json}. Every service uses these same mappers, so that an
 * error looks alike wherever it comes from. Unknown errors show a fixed text and the id under which the log has them.
 */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String REQUEST_ID = "X-Request-Id";

    @ServerExceptionMapper
    public Response problem(ProblemException thrown, HttpServerRequest request) {
        if (thrown.type().status() >= 500) {
            LOG.warnf(
                    "%s %s: %s%s",
                    request.method(),
                    thrown.type(),
                    thrown.detail(),
                    thrown.getCause() == null ? "" : " Because: " + thrown.getCause());
        }
        Response.ResponseBuilder answer =
                answer(thrown.type(), thrown.detail(), thrown.errors(), request, requestId(request));
        thrown.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())));
        return answer.build();
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException thrown, HttpServerRequest request) {
        List<FieldProblem> errors = thrown.getConstraintViolations().stream()
                .map(violation -> new FieldProblem(pointer(violation), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(FieldProblem::pointer))
                .toList();
        return problem(ProblemException.fields(errors), request);
    }

    @ServerExceptionMapper
    public Response unauthenticated(UnauthorizedException thrown, HttpServerRequest request) {
        return unauthenticated(request);
    }

    @ServerExceptionMapper
    public Response failedLogin(AuthenticationFailedException thrown, HttpServerRequest request) {
        return unauthenticated(request);
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException thrown, HttpServerRequest request) {
        return answer(
                        ProblemType.FORBIDDEN,
                        "Ask someone with the needed role: viewers read, editors change, admins manage templates.",
                        List.of(),
                        request,
                        requestId(request))
                .build();
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException thrown, HttpServerRequest request) {
        return unreadableJson(thrown, request);
    }

    @ServerExceptionMapper
    public Response mapping(JsonMappingException thrown, HttpServerRequest request) {
        return unreadableJson(thrown, request);
    }

    /** Quarkus has a mapper of its own for this class, which answers without a body. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException thrown, HttpServerRequest request) {
        return unreadableJson(thrown, request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException thrown, HttpServerRequest request) {
        if (thrown.getCause() instanceof JsonProcessingException json) {
            return unreadableJson(json, request);
        }
        if (thrown.getCause() instanceof ProblemException problem) {
            return problem(problem, request);
        }
        Response original = thrown.getResponse();
        if (original.getStatus() < 400) {
            return original;
        }
        if (original.getStatus() >= 500) {
            return unknown(thrown, request);
        }
        Response.ResponseBuilder answer = answer(
                typeOf(original.getStatus()), detailOf(original.getStatus()), List.of(), request, requestId(request));
        @Nullable String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    public Response unknown(Throwable thrown, HttpServerRequest request) {
        if (isUnstorableText(thrown)) {
            return problem(
                    new ProblemException(
                            ProblemType.BAD_REQUEST, "A text holds the character U+0000, which cannot be stored."),
                    request);
        }
        if (isDatabaseAway(thrown)) {
            return problem(
                    ProblemException.unavailable(
                            "The database does not answer now. Try again.", Duration.ofSeconds(5), thrown),
                    request);
        }
        String requestId = requestId(request);
        LOG.errorf(thrown, "%s failed, request %s", request.method(), requestId);
        return answer(
                        ProblemType.INTERNAL_ERROR,
                        "This is our fault. Try again; if it stays, give the request id to whoever runs this Sluice.",
                        List.of(),
                        request,
                        requestId)
                .build();
    }

    private Response unauthenticated(HttpServerRequest request) {
        return answer(
                        ProblemType.UNAUTHENTICATED,
                        "Send an access token of the identity provider: Authorization: Bearer …",
                        List.of(),
                        request,
                        requestId(request))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private Response unreadableJson(JsonProcessingException thrown, HttpServerRequest request) {
        String pointer = thrown instanceof JsonMappingException mapping ? pointer(mapping) : "";
        String place = thrown.getLocation() == null
                ? ""
                : " (line " + thrown.getLocation().getLineNr() + ", column "
                        + thrown.getLocation().getColumnNr() + ")";
        if (pointer.isEmpty()) {
            return answer(
                            ProblemType.BAD_REQUEST,
                            "The body is not the JSON that is expected here" + place + ".",
                            List.of(),
                            request,
                            requestId(request))
                    .build();
        }
        return problem(ProblemException.field(pointer, JsonComplaint.of(thrown) + place), request);
    }

    private static Response.ResponseBuilder answer(
            ProblemType type, String detail, List<FieldProblem> errors, HttpServerRequest request, String requestId) {
        // A webhook's URL is a secret: it must not come back in a body that a sender may log.
        String path = request.path().startsWith("/webhook/") ? "/webhook/…" : request.path();
        return Response.status(type.status())
                .type(Problem.MEDIA_TYPE)
                .header(REQUEST_ID, requestId)
                .entity(new Problem(type.uri(), type.title(), type.status(), detail, path, requestId, errors));
    }

    /** The caller's own id where it sent a sane one, so that both logs can be joined. */
    private static String requestId(HttpServerRequest request) {
        @Nullable String sent = request.getHeader(REQUEST_ID);
        return sent != null && sent.matches("[A-Za-z0-9_.-]{1,64}")
                ? sent
                : UUID.randomUUID().toString();
    }

    /**
     * SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown), and 55000 (takes no connections); a pool that
     * gives none has no state.
     */
    private static boolean isDatabaseAway(Throwable thrown) {
        return sqlState(thrown)
                .filter(state -> state.matches("|(08|53|57P).*|55000"))
                .isPresent();
    }

    /** PostgreSQL holds every character but U+0000. */
    private static boolean isUnstorableText(Throwable thrown) {
        return sqlState(thrown)
                .filter(state -> state.equals("22021") || state.equals("22P05"))
                .isPresent();
    }

    private static Optional<String> sqlState(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(Objects.requireNonNullElse(sql.getSQLState(), ""));
            }
        }
        return Optional.empty();
    }

    private static ProblemType typeOf(int status) {
        return switch (status) {
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 412 -> ProblemType.VERSION_CONFLICT;
            case 413 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ProblemType.TOO_MANY_REQUESTS;
            default -> ProblemType.BAD_REQUEST;
        };
    }

    private static String detailOf(int status) {
        return switch (status) {
            case 404 -> "Nothing is here. Look at the address and its ids; /openapi lists what there is.";
            case 405 -> "Use a method that the Allow header or /openapi names.";
            case 406 -> "Accept " + MediaType.APPLICATION_JSON + ".";
            case 415 -> "Send the body as " + MediaType.APPLICATION_JSON + " and say so in Content-Type.";
            default -> "The request was refused with status " + status + ".";
        };
    }

    private static String pointer(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        int depth = 0;
        for (var node : violation.getPropertyPath()) {
            // The first two nodes are the method and its parameter, which the caller knows nothing of.
            if (depth++ >= 2) {
                if (node.getIndex() != null) {
                    pointer.append('/').append(node.getIndex());
                }
                if (node.getName() != null && !node.getName().startsWith("<")) {
                    pointer.append('/').append(node.getName());
                }
            }
        }
        return pointer.toString();
    }

    private static String pointer(JsonMappingException thrown) {
        StringBuilder pointer = new StringBuilder();
        for (var reference : thrown.getPath()) {
            pointer.append('/')
                    .append(reference.getFieldName() != null ? reference.getFieldName() : reference.getIndex());
        }
        return pointer.toString();
    }
}
