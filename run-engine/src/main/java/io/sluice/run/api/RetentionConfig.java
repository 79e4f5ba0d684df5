package io.sluice.run.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How long runs that have ended are kept. */
@ConfigMapping(prefix = "sluice.retention")
public interface RetentionConfig {

    /**
     * Days that a run's log is kept. Storage goes a day at a time, by dropping a partition; a change counts for runs
     * that begin after it.
     */
    @WithDefault("30")
    int days();

    /** Most runs of a tenant that are kept; left out, their age alone counts. Looked at once an hour. */
    OptionalLong runs();

    /** What differs for a tenant, by its name. */
    Map<String, Tenant> tenants();

    /** A tenant's own; what is left out is as the deployment has it. */
    interface Tenant {

        /** Days that its runs are kept. Each distinct number has partitions of its own: keep to a few. */
        OptionalInt days();

        /** Most of its runs that are kept. */
        OptionalLong runs();
    }

    /** Days that a tenant's runs are kept. */
    default int daysOf(String tenant) {
        Tenant own = tenants().get(tenant);
        return own == null ? days() : own.days().orElse(days());
    }

    /** Most runs of a tenant. */
    default OptionalLong runsOf(String tenant) {
        Tenant own = tenants().get(tenant);
        return own == null || own.runs().isEmpty() ? runs() : own.runs();
    }
}
