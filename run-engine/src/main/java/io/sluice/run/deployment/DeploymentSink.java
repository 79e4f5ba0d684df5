package io.sluice.run.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a trigger service keeps of a deployment besides the copy: endpoints, schedules. */
public interface DeploymentSink {

    /**
     * Says why this version cannot run a deployment.
     *
     * @return null when it can
     */
    @Nullable
    String problem(Deployment deployment);

    /**
     * Takes a newer state over, in the transaction that stores it.
     *
     * @param deployment null when it could not be read; {@code raw} has what there is
     */
    void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw);

    /** Forgets a deleted integration, in the transaction that marks it. */
    void remove(Handle handle, UUID integrationId);

    /** After the commit: something changed. */
    void changed();
}
