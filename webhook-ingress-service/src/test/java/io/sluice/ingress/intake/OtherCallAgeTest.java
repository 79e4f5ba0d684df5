package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.CallOutcome;
import io.sluice.run.api.RetentionConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtherCallAgeTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
    private static final Instant MIDNIGHT = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final RetentionConfig RETENTION = Workbench.retention("days", "7", "tenants.brief.days", "1");

    private final Jdbi jdbi = Workbench.ownDatabase();
    private final OtherCallAge age = new OtherCallAge(jdbi, RETENTION, () -> MIDNIGHT.plusSeconds(60));

    private UUID call(String tenant, Instant at) {
        UUID id = UUID.randomUUID();
        calls(tenant, at, List.of(id));
        return id;
    }

    private void calls(String tenant, Instant at, List<UUID> ids) {
        CallCopy copy = new CallCopy(tenant, UUID.randomUUID(), false, at, 202, "POST", "", "{}", new byte[] {1}, null);
        jdbi.useHandle(handle -> OtherCallRow.insertAll(
                handle,
                ids.stream()
                        .map(id -> OtherCallRow.of(
                                id, copy, 1, OtherCallRow.Verdict.of(CallOutcome.REFUSED, 401, "no signature")))
                        .toList()));
    }

    private List<UUID> left() {
        return jdbi.withHandle(handle -> handle.createQuery("select id from other_call")
                .mapTo(UUID.class)
                .list());
    }

    @Test
    void callsGoWhenAcceptedOnesOfTheirTenantGo() {
        Instant oldest = TODAY.minusDays(8).atStartOfDay(ZoneOffset.UTC).toInstant();
        UUID kept = call("other", oldest);
        call("other", oldest.minusMillis(1));
        UUID keptBriefly =
                call("brief", TODAY.minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant());
        call(
                "brief",
                TODAY.minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1));

        assertThat(age.forgetOld()).isEqualTo(2);

        assertThat(left()).containsExactlyInAnyOrder(kept, keptBriefly);
        assertThat(age.forgetOld()).isZero();
    }

    @Test
    void theyGoInPortionsAndSeveralReplicasShareThem() {
        calls(
                "other",
                MIDNIGHT.minusSeconds(86_400 * 30),
                IntStream.range(0, 2500).mapToObj(n -> UUID.randomUUID()).toList());

        List<CompletableFuture<Integer>> replicas = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(age::forgetOld))
                .toList();

        assertThat(replicas.stream().map(CompletableFuture::join)).allMatch(count -> count <= 1000);
        while (age.forgetOld() > 0) {
            // as the job does
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void rowThatSomebodyElseHoldsIsLeftToHim() {
        UUID held = call("other", MIDNIGHT.minusSeconds(86_400 * 30));
        call("other", MIDNIGHT.minusSeconds(86_400 * 30));
        try (Handle trimming = jdbi.open()) {
            trimming.begin();
            trimming.execute("select 1 from other_call where id = ? for update", held);

            assertThat(age.forgetOld()).isOne();

            trimming.rollback();
        }
        assertThat(left()).containsExactly(held);
    }
}
