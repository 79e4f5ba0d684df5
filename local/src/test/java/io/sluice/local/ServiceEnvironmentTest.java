package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentTest {

    @TempDir
    Path folder;

    @Test
    void theIngressKnowsItsOwnDatabaseAndItsOwnKeyOnly() throws Exception {
        StackSecrets secrets = secrets();

        Map<String, String> environment = environment(secrets, ServiceName.INGRESS);

        assertThat(environment)
                .containsEntry("SLUICE_DB_URL", "jdbc:postgresql://127.0.0.1:5433/ingress")
                .containsEntry("SLUICE_DB_USER", "ingress")
                .containsEntry("SLUICE_OIDC_CLIENT_ID", "webhook-ingress-service")
                .containsEntry("SLUICE_WEBHOOK_BASE_URL", "http://127.0.0.1:8081")
                .containsEntry("SLUICE_OUTBOUND_ALLOW", "127.0.0.1:8090")
                .doesNotContainKeys("SLUICE_OIDC_UI_SECRET", "SLUICE_SESSION_SECRET");
        assertThat(environment.values())
                .doesNotContain(
                        secrets.databasePassword(ServiceName.INTEGRATIONS),
                        secrets.databasePassword(ServiceName.SCHEDULER),
                        secrets.sealingKey(ServiceName.INTEGRATIONS).privateKey(),
                        secrets.sealingKey(ServiceName.SCHEDULER).privateKey());
    }

    @Test
    void integrationsSealsForAllAndOpensItsOwn() throws Exception {
        StackSecrets secrets = secrets();

        assertThat(environment(secrets, ServiceName.INTEGRATIONS))
                .containsEntry(
                        "SLUICE_SEALING_PRIVATE_KEYS",
                        secrets.sealingKey(ServiceName.INTEGRATIONS).privateKey())
                .containsEntry(
                        "SLUICE_SEALING_INGRESS_PUBLIC_KEY",
                        secrets.sealingKey(ServiceName.INGRESS).publicKey())
                .containsEntry(
                        "SLUICE_SEALING_SCHEDULER_PUBLIC_KEY",
                        secrets.sealingKey(ServiceName.SCHEDULER).publicKey())
                .containsEntry("SLUICE_OIDC_UI_CLIENT_ID", "sluice-ui");
    }

    private StackSecrets secrets() throws Exception {
        return StackSecrets.loadOrCreate(folder.resolve("secrets.properties"));
    }

    private static Map<String, String> environment(StackSecrets secrets, ServiceName service) {
        return new ServiceEnvironment(StackPorts.standard(), secrets).of(service, 1, 2);
    }
}
