package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** What holds for every page: nothing foreign may run on it, and no foreign page may post to it. */
public class UiFilters {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * Refuses writes that another site's page sends with the person's cookie: browsers say where a request comes from.
     * Programs with a bearer token send neither header and no cookie.
     */
    @ServerRequestFilter
    public void sameOrigin(ContainerRequestContext context, HttpServerRequest request) {
        if (SAFE.contains(context.getMethod()) || request.getHeader("Authorization") != null) {
            return;
        }
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        @Nullable String origin = request.getHeader("Origin");
        boolean foreign = site != null
                ? !site.equals("same-origin") && !site.equals("none")
                : origin != null && !sameAuthority(origin, String.valueOf(request.getHeader("Host")));
        if (foreign) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This was sent by another site's page.");
        }
    }

    @ServerResponseFilter
    public void headers(ContainerResponseContext response) {
        var headers = response.getHeaders();
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("Referrer-Policy", "same-origin");
        if (response.getMediaType() != null
                && response.getMediaType().getSubtype().equals("html")) {
            headers.putSingle("Content-Security-Policy", POLICY);
            headers.putSingle("Cache-Control", "no-store");
        }
    }

    private static boolean sameAuthority(String origin, String host) {
        try {
            return host.equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
