package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.scheduler.testsupport.ServiceStack;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Plans from when nothing waited are not kept for when much does. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class PlansTest {

    // More than PostgreSQL and its driver look at before they keep a statement and its plan.
    private static final int OFTEN = 30;

    @Inject
    Jdbi jdbi;

    @Inject
    DueStore due;

    @Test
    void whatIsClaimedIsPlannedEachTime() {
        long kept = jdbi.inTransaction(handle -> {
            for (int i = 0; i < OFTEN; i++) {
                due.claim(handle, 1, null);
                due.claimWaiting(handle, 1);
            }
            assertThat(handle.createQuery(
                                    "select count(*) from pg_prepared_statements where statement like '%waiting_firing w%skip locked%'")
                            .mapTo(Long.class)
                            .one())
                    .isPositive();
            return handle.createQuery(
                            "select sum(generic_plans) from pg_prepared_statements where statement like '%waiting_firing w%skip locked%'")
                    .mapTo(Long.class)
                    .one();
        });

        assertThat(kept).isZero();
    }
}
