package io.sluice.integrations.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.flow.FlowException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataRulesTest {

    private static final String FLOW = """
            document:
              dsl: '1.0.3'
              namespace: own
              name: flow
              version: '1.0.0'
              metadata: {%s}
            evaluate: {language: jsonata}
            schedule: {every: {minutes: 5}}
            use: {authentications: {shop: {bearer: {use: shop}}}}
            do: [{a: {set: {x: 1}}}]
            """;

    private static List<FieldProblem> problems(String document) {
        return catchThrowableOfType(
                        FlowException.class, () -> TemplateReader.read("t", FlowCompiler.read(document), null))
                .problems();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    triggers: {}                                                           | /triggers
                    triggers: {schedule: {}, webhook: }                                    | /triggers/webhook
                    triggers: {schedule: {}, mail: {}}                                     | /triggers/mail
                    triggers: {schedule: {}, webhook: {verification: magic}}               | /triggers/webhook/verification
                    triggers: {schedule: {}, webhook: {scheme: hmac}}                      | /triggers/webhook/scheme
                    triggers: {schedule: {minimum: soon}}                                  | /triggers/schedule/minimum
                    triggers: {schedule: {minimum: PT0S}}                                  | /triggers/schedule/minimum
                    triggers: {schedule: {maximum: PT1M}}                                  | /triggers/schedule/maximum
                    triggers: {schedule: {}}, categories: Inventory                        | /categories
                    triggers: {schedule: {}}, categories: [5]                              | /categories/0
                    triggers: {schedule: {}}, howTo: [a]                                   | /howTo
                    triggers: {schedule: {}}, connections: [shop]                          | /connections
                    triggers: {schedule: {}}, connections: {other: {}}                     | /connections/other
                    triggers: {schedule: {}}, connections: {shop: basic}                   | /connections/shop
                    triggers: {schedule: {}}, connections: {shop: {label: Shop}}           | /connections/shop/label
                    triggers: {schedule: {}}, connections: {shop: {title: [a]}}            | /connections/shop/title
                    triggers: {schedule: {}}, connections: {shop: {kinds: basic}}          | /connections/shop/kinds
                    triggers: {schedule: {}}, connections: {shop: {kinds: [basic, magic]}} | /connections/shop/kinds/1
                    """)
    void metadataThatNothingReadsIsRefusedAtItsPlace(String metadata, String pointer) {
        assertThat(problems(FLOW.formatted(metadata)))
                .extracting(FieldProblem::pointer)
                .containsExactly("/document/metadata" + pointer);
    }

    @ParameterizedTest
    @EnumSource(VerificationScheme.class)
    void everySchemeCanBeTheTemplates(VerificationScheme scheme) {
        String triggers = "triggers: {schedule: {}, webhook: {verification: " + scheme.wireName() + "}}";

        assertThat(TemplateReader.read("t", FlowCompiler.read(FLOW.formatted(triggers)), null)
                        .supportsWebhook())
                .isTrue();
    }

    @Test
    void suggestedScheduleWithoutItsTriggerIsRefused() {
        assertThat(problems(FLOW.formatted("triggers: {webhook: {}}")))
                .extracting(FieldProblem::pointer)
                .containsExactly("/schedule");
    }

    @Test
    void flowAndMetadataAreComplainedOfAtOnce() {
        assertThat(problems(FLOW.formatted("triggers: {mail: {}}").replace("set: {x: 1}", "run: {}")))
                .extracting(FieldProblem::pointer)
                .containsExactly("/do/0/a/run", "/document/metadata/triggers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"triggers: {schedule: {}}", "triggers: {schedule: {}}, owner: {team: [a]}, sampleEvent: 5"})
    void membersOfTheAuthorsOwnAreKept(String metadata) {
        assertThat(TemplateReader.read("t", FlowCompiler.read(FLOW.formatted(metadata)), null)
                        .supportsSchedule())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'{minutes: 5}', PT5M", "PT90S, PT1M30S", "'{seconds: 1, milliseconds: 500}', PT1.5S"})
    void suggestedIntervalIsTakenAsItIsWritten(String every, String interval) {
        String flow = FLOW.formatted("triggers: {schedule: {}}").replace("{minutes: 5}", every);

        assertThat(SuggestedSchedule.of(FlowCompiler.read(flow).path("schedule"))
                        .path("every")
                        .asText())
                .isEqualTo(interval);
    }
}
