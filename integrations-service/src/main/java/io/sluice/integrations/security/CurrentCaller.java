package io.sluice.integrations.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads the caller from the token; the tenant is a claim, never something that a request may choose freely. */
@RequestScoped
public class CurrentCaller {

    private static final String TENANT_HEADER = "Sluice-Tenant";

    /** What a person with several tenants looks at in the browser; counts for nothing unless the claim has it. */
    public static final String TENANT_COOKIE = "sluice-tenant";

    private static final String TENANT_CLAIM = "tenant";

    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    public CurrentCaller(SecurityIdentity identity, HttpServerRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /** @throws ForbiddenException when the token names no tenant */
    public Caller get() {
        return new Caller(tenant(), name(), Set.copyOf(identity.getRoles()));
    }

    /** The client of a service's own token, such as {@code scheduler-service}. */
    public String client() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getClaim("azp") instanceof Object azp
                ? azp.toString()
                : "";
    }

    private String tenant() {
        List<String> tenants = tenants();
        @Nullable String wanted = request.getHeader(TENANT_HEADER);
        if (wanted != null) {
            if (!tenants.contains(wanted)) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "You are not in the tenant that " + TENANT_HEADER + " names.");
            }
            return wanted;
        }
        Cookie chosen = request.getCookie(TENANT_COOKIE);
        if (chosen != null && tenants.contains(chosen.getValue())) {
            return chosen.getValue();
        }
        if (tenants.isEmpty()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Your account belongs to no tenant. Ask who runs the identity provider to set the claim “"
                            + TENANT_CLAIM + "”.");
        }
        return tenants.getFirst();
    }

    /** A blank claim is no tenant: the empty name is the library's. */
    public List<String> tenants() {
        return claimed().stream().filter(tenant -> !tenant.isBlank()).toList();
    }

    private List<String> claimed() {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return List.of();
        }
        return switch ((Object) token.getClaim(TENANT_CLAIM)) {
            case JsonArray array ->
                array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
            case Collection<?> values -> values.stream().map(String::valueOf).toList();
            case String single -> List.of(single);
            case JsonString single -> List.of(single.getString());
            case null, default -> List.of();
        };
    }

    private String name() {
        if (identity.getPrincipal() instanceof JsonWebToken token
                && token.getClaim("preferred_username") instanceof Object name) {
            return name.toString();
        }
        return identity.getPrincipal().getName();
    }
}
