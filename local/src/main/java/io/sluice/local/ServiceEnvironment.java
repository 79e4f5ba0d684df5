package io.sluice.local;

import java.util.HashMap;
import java.util.Map;

/** The environment of each service in the local stack. */
final class ServiceEnvironment {

    private final StackPorts ports;
    private final StackSecrets secrets;

    ServiceEnvironment(StackPorts ports, StackSecrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
    }

    Map<String, String> of(ServiceName service, int httpPort, int managementPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("SLUICE_INTEGRATIONS_URL", url(StackPort.INTEGRATIONS));
        environment.put("SLUICE_INGRESS_URL", url(StackPort.INGRESS));
        environment.put("SLUICE_SCHEDULER_URL", url(StackPort.SCHEDULER));
        environment.put("SLUICE_WEBHOOK_BASE_URL", url(StackPort.INGRESS));
        environment.put("SLUICE_OUTBOUND_ALLOW", "127.0.0.1:" + ports.number(StackPort.DEMO));
        environment.putAll(database(service));
        environment.putAll(identity(service));
        if (service == ServiceName.INTEGRATIONS) {
            environment.putAll(integrationsOnly());
        }
        return environment;
    }

    private Map<String, String> database(ServiceName service) {
        return Map.of(
                "SLUICE_DB_URL", DatabaseServer.jdbcUrl(ports.number(StackPort.POSTGRES), service.database()),
                "SLUICE_DB_USER", service.database(),
                "SLUICE_DB_PASSWORD", secrets.databasePassword(service));
    }

    private Map<String, String> identity(ServiceName service) {
        return Map.of(
                "SLUICE_OIDC_URL", LocalRealm.url(ports).toString(),
                "SLUICE_OIDC_CLIENT_ID", service.module(),
                "SLUICE_OIDC_SECRET", LocalRealm.secret(service.module()),
                "SLUICE_SEALING_PRIVATE_KEYS", secrets.sealingKey(service).privateKey());
    }

    /** integrations-service logs people in, and seals credentials for each service that opens them. */
    private Map<String, String> integrationsOnly() {
        return Map.of(
                "SLUICE_OIDC_UI_CLIENT_ID", LocalRealm.UI_CLIENT,
                "SLUICE_OIDC_UI_SECRET", LocalRealm.secret(LocalRealm.UI_CLIENT),
                "SLUICE_SESSION_SECRET", secrets.sessionSecret(),
                "SLUICE_SEALING_PUBLIC_KEY", publicKey(ServiceName.INTEGRATIONS),
                "SLUICE_SEALING_INGRESS_PUBLIC_KEY", publicKey(ServiceName.INGRESS),
                "SLUICE_SEALING_SCHEDULER_PUBLIC_KEY", publicKey(ServiceName.SCHEDULER));
    }

    private String publicKey(ServiceName service) {
        return secrets.sealingKey(service).publicKey();
    }

    private String url(StackPort port) {
        return ports.url(port).toString();
    }
}
