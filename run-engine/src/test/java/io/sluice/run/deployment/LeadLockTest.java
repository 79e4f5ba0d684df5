package io.sluice.run.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.testsupport.Database;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeadLockTest {

    private final Database database = Database.fresh();
    private final LeadLock one = new LeadLock(new FollowerLife.Login(database.url(), "postgres", ""));
    private final LeadLock other = new LeadLock(new FollowerLife.Login(database.url(), "postgres", ""));

    @AfterEach
    void close() {
        one.release();
        other.release();
        database.close();
    }

    @Test
    void oneLeadsAndKeepsTheLead() {
        assertThat(one.held()).isTrue();
        assertThat(other.held()).isFalse();
        assertThat(one.held()).isTrue();
    }

    @Test
    void otherLeadsOnceTheFirstLetsGo() {
        assertThat(one.held()).isTrue();

        one.release();

        Awaitility.await().until(other::held);
        assertThat(one.held()).isFalse();
    }

    @Test
    void leadEndsWithItsConnection() {
        assertThat(one.held()).isTrue();

        database.jdbi().useHandle(handle -> handle.execute("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                         where application_name = 'sluice-feed-lead' and datname = current_database()
                        """));

        Awaitility.await().until(other::held);
        assertThat(one.held()).isFalse();
    }

    @Test
    void databaseThatIsAwayMeansNoLead() {
        assertThat(new LeadLock(new FollowerLife.Login("jdbc:postgresql://127.0.0.1:1/none", "postgres", "")).held())
                .isFalse();
    }
}
