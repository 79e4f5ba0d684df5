package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParameterSchemaTest {

    private static JsonNode schema(String pattern) {
        return Json.parse("{\"type\": \"object\", \"properties\": {\"sku\": {\"type\": \"string\", \"pattern\": "
                + Json.text(pattern) + "}}}");
    }

    private static JsonNode sku(String value) {
        return Json.parse("{\"sku\": " + Json.text(value) + "}");
    }

    @Test
    void valueThatFitsItsPatternHasNoViolation() {
        assertThat(ParameterSchema.violations(schema("^[A-Z]-\\d+$"), sku("A-100"), "/configuration"))
                .isEmpty();
    }

    @Test
    void valueThatDoesNotFitIsNamed() {
        assertThat(ParameterSchema.violations(schema("^[A-Z]-\\d+$"), sku("100"), "/configuration"))
                .extracting(problem -> problem.pointer())
                .containsExactly("/configuration/sku");
    }

    @Test
    void patternThatGoesBackAndForthForEverIsAViolation() {
        assertThat(ParameterSchema.violations(schema("(a*)*\\1b"), sku("a".repeat(80)), "/configuration"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("takes too long"));
    }
}
