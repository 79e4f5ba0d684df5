package io.sluice.local;

/** Every port of the stack: who listens there, where it is by default, and which variable moves it. */
public enum StackPort {
    INTEGRATIONS("SLUICE_INTEGRATIONS_PORT", 8080, "integrations-service"),
    INGRESS("SLUICE_INGRESS_PORT", 8081, "webhook-ingress-service"),
    SCHEDULER("SLUICE_SCHEDULER_PORT", 8082, "scheduler-service"),
    INTEGRATIONS_MANAGEMENT("SLUICE_INTEGRATIONS_MANAGEMENT_PORT", 9080, "integrations-service, management"),
    INGRESS_MANAGEMENT("SLUICE_INGRESS_MANAGEMENT_PORT", 9081, "webhook-ingress-service, management"),
    SCHEDULER_MANAGEMENT("SLUICE_SCHEDULER_MANAGEMENT_PORT", 9082, "scheduler-service, management"),
    KEYCLOAK("SLUICE_KEYCLOAK_PORT", 8180, "Keycloak"),
    DEMO("SLUICE_DEMO_PORT", 8090, "demo warehouse and shop"),
    POSTGRES("SLUICE_POSTGRES_PORT", 5433, "PostgreSQL");

    private final String variable;
    private final int standard;
    private final String owner;

    StackPort(String variable, int standard, String owner) {
        this.variable = variable;
        this.standard = standard;
        this.owner = owner;
    }

    public String variable() {
        return variable;
    }

    public int standard() {
        return standard;
    }

    public String owner() {
        return owner;
    }
}
