package io.sluice.local;

/** The three services, with what the stack has to know to run each. */
public enum ServiceName {
    INTEGRATIONS(
            "integrations-service", "integrations", "320m", StackPort.INTEGRATIONS, StackPort.INTEGRATIONS_MANAGEMENT),
    INGRESS("webhook-ingress-service", "ingress", "256m", StackPort.INGRESS, StackPort.INGRESS_MANAGEMENT),
    SCHEDULER("scheduler-service", "scheduler", "256m", StackPort.SCHEDULER, StackPort.SCHEDULER_MANAGEMENT);

    private final String module;
    private final String database;
    private final String maxHeap;
    private final StackPort port;
    private final StackPort managementPort;

    ServiceName(String module, String database, String maxHeap, StackPort port, StackPort managementPort) {
        this.module = module;
        this.database = database;
        this.maxHeap = maxHeap;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** The Maven module; also the OIDC client of the service and the name of its log. */
    public String module() {
        return module;
    }

    /** The database of the service; the role that owns it has the same name. */
    public String database() {
        return database;
    }

    public StackPort port() {
        return port;
    }

    public StackPort managementPort() {
        return managementPort;
    }

    String maxHeap() {
        return maxHeap;
    }
}
