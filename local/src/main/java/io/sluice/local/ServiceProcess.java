package io.sluice.local;

import java.net.URI;
import java.time.Duration;

/** One running copy of a service. Tests stop, kill and start it again; what they end themselves is no failure. */
public final class ServiceProcess {

    private final ChildProcess child;
    private final URI url;
    private final URI managementUrl;

    ServiceProcess(ChildProcess child, URI url, URI managementUrl) {
        this.child = child;
        this.url = url;
        this.managementUrl = managementUrl;
    }

    /** Starts it and returns at once. Does nothing when it runs. */
    public void start() {
        child.start();
    }

    /** SIGTERM; SIGKILL after 20 s. */
    public void stop() {
        child.stop();
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Returns when the service is ready; fails when it dies or the time is over. */
    public void awaitReady(Duration patience) {
        new Readiness(managementUrl.resolve("/q/health/ready")).await(child, patience);
    }

    public URI url() {
        return url;
    }

    public URI managementUrl() {
        return managementUrl;
    }
}
