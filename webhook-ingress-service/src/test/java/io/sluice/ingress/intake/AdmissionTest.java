package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission =
            new Admission(Workbench.config("calls-in-flight", "10", "bytes-in-flight", "100K"));

    @Test
    void whatIsMadeOfABodyIsChargedAndGivenBackWithIt() {
        Admission.Ticket place = admission.enter();

        assertThat(place.take(1_000)).isTrue();
        assertThat(place.carry(20_000)).isTrue();
        assertThat(admission.bytesInFlight()).isEqualTo(21_000);
        place.close();
        place.close();

        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void callThatWeighsMoreThanThereIsFindsRoomWhenItIsAlmostAlone() {
        Admission.Ticket heavy = admission.enter();
        Admission.Ticket other = admission.enter();
        Admission.Ticket third = admission.enter();

        assertThat(heavy.carry(Long.MAX_VALUE)).isTrue();
        assertThat(heavy.carry(Long.MAX_VALUE)).isTrue();
        assertThat(other.take(60_000)).isFalse();
        assertThat(other.carry(Long.MAX_VALUE)).isTrue();
        assertThat(third.carry(1)).isFalse();
        heavy.close();

        assertThat(third.carry(Long.MAX_VALUE)).isTrue();
    }
}
