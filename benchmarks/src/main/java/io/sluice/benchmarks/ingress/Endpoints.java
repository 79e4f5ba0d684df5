package io.sluice.benchmarks.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.load.SignedCalls;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.run.expression.Json;
import io.sluice.run.seal.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The endpoints of one phase, under a tenant of their own, so that its runs can be told from all others.
 *
 * @param paths where to call each
 */
record Endpoints(String tenant, List<String> paths) {

    static final String SECRET = "what-the-shop-and-the-endpoint-know";

    /** With one integration alone, the ends of all its runs would wait for one row: that of its newest run. */
    private static final int COUNT = 50;

    Endpoints {
        paths = List.copyOf(paths);
    }

    static Endpoints deploy(PlatformStub platform, Sealer sealer, String tenant) {
        List<ObjectNode> deployments = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String token = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
            paths.add("/webhook/" + token);
            deployments.add(deployment(sealer, tenant, token));
        }
        platform.deploy(deployments);
        return new Endpoints(tenant, paths);
    }

    SignedCalls calls() {
        return new SignedCalls(tenant, SECRET, paths);
    }

    private static ObjectNode deployment(Sealer sealer, String tenant, String token) {
        UUID id = UUID.randomUUID();
        ObjectNode item = Json.MAPPER.createObjectNode();
        item.put("integrationId", id.toString()).put("tenant", tenant).put("deleted", false);
        item.put("name", "Benchmark");
        item.putObject("flow").put("template", "benchmarks/done:1.0.0").put("digest", "done");
        item.putObject("params");
        item.putObject("connections");
        item.putArray("schedules");
        ObjectNode webhook = item.putObject("webhook");
        webhook.put("enabled", true).put("maxBodyBytes", 1_048_576);
        webhook.putArray("methods").add("POST");
        webhook.putArray("tokens").addObject().put("sha256", sha256(token));
        webhook.putObject("verification")
                .put("scheme", "hmac")
                .put("header", SignedCalls.SIGNATURE_HEADER)
                .put("prefix", "sha256=")
                .put("algorithm", "sha256")
                .put("encoding", "hex")
                .put("eventIdHeader", SignedCalls.ID_HEADER);
        webhook.putArray("secrets")
                .addObject()
                .put("context", id.toString())
                .put("sealed", sealer.seal("{\"secret\":\"" + SECRET + "\"}", tenant, id));
        return item;
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
