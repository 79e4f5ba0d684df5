package io.sluice.run.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.expression.Json;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {

    static Stream<Lane> lanes() {
        return Stream.of(Lane.CONTEXT, Lane.LIMIT, Lane.ofKey("sku-1"));
    }

    /** The spool of webhook-ingress-service keeps runs as JSON. */
    @ParameterizedTest
    @MethodSource("lanes")
    void comesBackFromJson(Lane lane) {
        assertThat(Json.parse(Json.text(lane), Lane.class)).isEqualTo(lane);
    }
}
