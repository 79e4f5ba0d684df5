package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {

    private static void compile(String type, String body) {
        FlowCompiler.compile(FlowCompiler.read("""
                document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
                evaluate: {language: jsonata}
                do:
                  - c:
                      call: http
                      with:
                        method: post
                        endpoint: https://shop.example/a
                        headers: {content-type: '%s'}
                        body: %s
                """.formatted(type, body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {base64: '?', more: 1}",
                "application/vnd.api+json | {base64: 7}",
                "application/x-www-form-urlencoded | {base64: '?', more: 1}",
                "${ type } | {base64: '?', more: 1}",
                "application/pdf | {base64: 'aGk='}",
                "application/pdf | {base64: '${ file }'}",
                "application/pdf | '${ file }'",
                "application/xml | '<a/>'",
                "multipart/form-data | '${ parts }'",
                "multipart/form-data | ['${ part }', {name: '${ n }', value: '${ v }'}]",
                "Multipart/Form-Data | [{name: a, value: {x: 1}}, {name: b, filename: b, contentType: a/b, base64: aGk=}]"
            })
    void bodyThatFitsItsTypeIsTaken(String type, String body) {
        assertThatCode(() -> compile(type, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/pdf | {base64: '?'} | /body/base64",
                "application/pdf | {base64: 7} | /body/base64",
                "application/pdf | {base64: aGk=, name: a} | /body",
                "multipart/form-data | {a: 1} | /body",
                "multipart/form-data | text | /body",
                "multipart/form-data | [{value: 1}] | /body/0/name",
                "multipart/form-data | [{name: a}] | /body/0",
                "multipart/form-data | [{name: a, value: 1, base64: aGk=}] | /body/0",
                "multipart/form-data | [{name: a, base64: '?'}] | /body/0/base64",
                "multipart/form-data | [{name: a, value: 1, type: text}] | /body/0/type",
                "multipart/form-data | [1] | /body/0",
                "multipart/form-data; boundary=x | [{name: a, value: 1}] | /headers"
            })
    void bodyThatDoesNotFitItsTypeIsRefusedWithItsPlace(String type, String body, String pointer) {
        FlowException refused = catchThrowableOfType(FlowException.class, () -> compile(type, body));

        assertThat(refused.problems())
                .extracting(FieldProblem::pointer)
                .contains("/do/0/c/with" + pointer)
                .allMatch(found -> found.startsWith("/do/0/c/with"));
    }
}
