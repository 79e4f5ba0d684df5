package io.sluice.ingress.endpoint;

import io.github.bucket4j.Bucket;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.run.expression.Expression;
import io.sluice.run.flow.Flow;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a URL leads. */
public sealed interface Endpoint {

    /**
     * Calls are taken. Made once a change and shared by all calls.
     *
     * @param url which of the integration's URLs it is
     * @param secrets opened
     * @param rules made ready from the endpoint's settings
     */
    record Open(Deployment deployment, Flow flow, Url url, List<String> secrets, Rules rules) implements Endpoint {
        public Open {
            secrets = List.copyOf(secrets);
        }

        public UUID integrationId() {
            return deployment.integrationId();
        }

        public String tenant() {
            return deployment.tenant();
        }

        public DeployedWebhook webhook() {
            return Objects.requireNonNull(deployment.webhook());
        }

        public Verification verification() {
            return webhook().verification();
        }

        public WebhookIntake intake() {
            return Objects.requireNonNullElse(webhook().intake(), WebhookIntake.DEFAULT);
        }

        @Override
        public String toString() {
            return "Open[" + integrationId() + "]";
        }
    }

    /**
     * A URL by its token's hash.
     *
     * @param until when it stops to work; null while it is the current one
     * @param enabled false for one that answers handshakes alone
     */
    record Url(String sha256, @Nullable Instant until, boolean enabled) {
        public boolean isPrevious() {
            return until != null;
        }
    }

    /**
     * An endpoint's settings, compiled.
     *
     * @param bucket what is left of its rate on this replica; null for any number
     */
    record Rules(
            Hidden hidden,
            AddressRanges allowed,
            @Nullable Bucket bucket,
            Optional<Expression> filter,
            Optional<Expression> response) {}

    /**
     * What of a call is not for everybody's eyes, by the endpoint's scheme.
     *
     * @param credentials headers that prove an identity by themselves, in small letters
     * @param signatures headers that prove where this very call comes from
     * @param query parameters that are credentials
     * @param body fields of a JSON body that are
     */
    record Hidden(Set<String> credentials, Set<String> signatures, Set<String> query, Set<String> body) {

        private static final Set<String> ALWAYS = Set.of("authorization", "cookie", "proxy-authorization");

        public Hidden {
            Set<String> all = new HashSet<>(credentials);
            all.addAll(ALWAYS);
            credentials = Set.copyOf(all);
        }

        /** Whether flows and logs do without a header. */
        public boolean isProof(String header) {
            return credentials.contains(header) || signatures.contains(header);
        }
    }

    /** Known, but it cannot be served now: the sender may try again later. */
    record Unsupported(String why) implements Endpoint {}

    /** Unknown, disabled or rotated away: nobody outside can tell which. */
    record Closed() implements Endpoint {}
}
