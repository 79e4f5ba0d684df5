package io.sluice.ingress.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** How intake fares, for health and metrics. */
@Singleton
@Startup
public class IntakeState {

    private final Admission admission;
    private final GroupCommit group;
    private final Answers answers;
    private final Spool spool;

    IntakeState(Admission admission, GroupCommit group, Answers answers, Spool spool, MeterRegistry meters) {
        this.admission = admission;
        this.group = group;
        this.answers = answers;
        this.spool = spool;
        gauge(meters, "sluice.webhook.in.flight", "Calls under way", state -> state.admission.callsInFlight());
        gauge(
                meters,
                "sluice.webhook.in.flight.bytes",
                "Memory of their bodies",
                state -> state.admission.bytesInFlight());
        gauge(meters, "sluice.webhook.unstored", "Calls that wait to be stored", state -> state.group.waiting());
        gauge(
                meters,
                "sluice.webhook.waiting.answers",
                "Calls that wait for their run",
                state -> state.answers.waitingCalls());
        gauge(
                meters,
                "sluice.webhook.spool.bytes",
                "Acknowledged and not in the database",
                state -> state.spool.bytes());
        gauge(
                meters,
                "sluice.webhook.spool.refused",
                "Spooled calls that the database refuses for good",
                state -> state.spool.setAside());
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<IntakeState> value) {
        Gauge.builder(name, this, value).description(description).register(meters);
    }

    public int callsInFlight() {
        return admission.callsInFlight();
    }

    /** Of the spool in a few words. */
    public String spool() {
        if (!spool.isOn()) {
            return "off";
        }
        String aside = spool.setAside() == 0 ? "" : ", " + spool.setAside() + " calls refused by the database";
        return (spool.isFilling() ? "holds " + spool.bytes() + " bytes" : "empty") + aside;
    }
}
