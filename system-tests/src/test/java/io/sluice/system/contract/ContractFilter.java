package io.sluice.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fails a call whose answer is not what the published document promises. A request is held against it only where the
 * service took it: what is refused is often wrong on purpose.
 */
public final class ContractFilter implements Filter {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final int FIRST_ERROR = 400;

    private final Contract contract = Contract.published();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext context) {
        Response answer = context.next(request, response);
        List<String> breaches = breaches(request, answer);
        if (!breaches.isEmpty()) {
            throw new AssertionError("%s %s answered %d, against the contract:%n  %s%n%s"
                    .formatted(
                            request.getMethod(),
                            request.getURI(),
                            answer.statusCode(),
                            String.join(System.lineSeparator() + "  ", breaches),
                            answer.asString()));
        }
        return answer;
    }

    private List<String> breaches(FilterableRequestSpecification request, Response answer) {
        String path = URI.create(request.getURI()).getPath();
        Optional<JsonNode> operation = contract.operation(request.getMethod(), path);
        if (answer.statusCode() >= FIRST_ERROR) {
            return problemBreaches(answer);
        }
        if (operation.isEmpty()) {
            return List.of("the document has no such operation");
        }
        List<String> breaches = new ArrayList<>(requestBreaches(operation.get(), request));
        breaches.addAll(answerBreaches(operation.get(), answer));
        return breaches;
    }

    private List<String> requestBreaches(JsonNode operation, FilterableRequestSpecification request) {
        JsonNode schema =
                operation.path("requestBody").path("content").path(JSON).path("schema");
        Object body = request.getBody();
        boolean json = String.valueOf(request.getContentType()).startsWith(JSON);
        return json && body != null && !schema.isEmpty() ? contract.complaints(schema, body.toString()) : List.of();
    }

    private List<String> answerBreaches(JsonNode operation, Response answer) {
        JsonNode promised = operation.path("responses").path(Integer.toString(answer.statusCode()));
        if (promised.isMissingNode()) {
            return List.of("the document does not name the status " + answer.statusCode());
        }
        JsonNode schema = promised.path("content").path(JSON).path("schema");
        if (schema.isMissingNode()) {
            return answer.asString().isEmpty() ? List.of() : List.of("the document promises no body");
        }
        return bodyBreaches(JSON, schema, answer);
    }

    private List<String> problemBreaches(Response answer) {
        return bodyBreaches(PROBLEM, contract.problemSchema(), answer);
    }

    private List<String> bodyBreaches(String mediaType, JsonNode schema, Response answer) {
        String type = String.valueOf(answer.contentType());
        if (!type.startsWith(mediaType)) {
            return List.of("the content type is " + type + ", not " + mediaType);
        }
        return schema.isEmpty() ? List.of() : contract.complaints(schema, answer.asString());
    }
}
