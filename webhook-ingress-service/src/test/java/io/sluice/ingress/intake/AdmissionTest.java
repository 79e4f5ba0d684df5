package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final UUID ENDPOINT = UUID.randomUUID();

    private final Admission admission = new Admission(Workbench.config(
            "calls-in-flight", "10", "calls-of-endpoint", "4", "strangers-in-flight", "3", "bytes-in-flight", "100K"));

    @Test
    void whatIsMadeOfABodyIsChargedAndGivenBackWithIt() {
        Admission.Ticket place = admission.enter(ENDPOINT);

        assertThat(place.take(1_000)).isTrue();
        assertThat(place.carry(20_000)).isTrue();
        assertThat(admission.bytesInFlight()).isEqualTo(21_000);
        place.close();
        place.close();

        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void callThatWeighsMoreThanThereIsFindsRoomWhenItIsAlmostAlone() {
        Admission.Ticket heavy = admission.enter(ENDPOINT);
        Admission.Ticket other = admission.enter(ENDPOINT);
        Admission.Ticket third = admission.enter(ENDPOINT);

        assertThat(heavy.carry(Long.MAX_VALUE)).isTrue();
        assertThat(heavy.carry(Long.MAX_VALUE)).isTrue();
        assertThat(other.take(60_000)).isFalse();
        assertThat(other.carry(Long.MAX_VALUE)).isTrue();
        assertThat(third.carry(1)).isFalse();
        heavy.close();

        assertThat(third.carry(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void noEndpointTakesAllPlaces() {
        List<Admission.Ticket> taken = enter(4, () -> admission.enter(ENDPOINT));
        assertThat(taken).doesNotContainNull();

        assertThat(admission.enter(ENDPOINT)).isNull();
        assertThat(admission.callsInFlight()).isEqualTo(4);
        assertThat(enter(6, () -> admission.enter(UUID.randomUUID()))).doesNotContainNull();
        assertThat(admission.enter(UUID.randomUUID())).isNull();
        taken.forEach(Admission.Ticket::close);

        assertThat(enter(4, () -> admission.enter(ENDPOINT))).doesNotContainNull();
    }

    @Test
    void strangersHaveAFewPlacesOfTheirOwn() {
        List<Admission.Ticket> strangers = enter(3, admission::enterAsStranger);

        assertThat(strangers).doesNotContainNull();
        assertThat(admission.enterAsStranger()).isNull();
        assertThat(admission.callsInFlight()).isZero();
        strangers.getFirst().close();
        strangers.getFirst().close();

        assertThat(admission.enterAsStranger()).isNotNull();
        assertThat(admission.enterAsStranger()).isNull();
    }

    private static List<Admission.Ticket> enter(int times, Supplier<Admission.Ticket> door) {
        List<Admission.Ticket> places = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            places.add(door.get());
        }
        return places;
    }
}
