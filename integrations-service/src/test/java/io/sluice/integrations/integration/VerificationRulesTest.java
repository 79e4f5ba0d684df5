package io.sluice.integrations.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.run.expression.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationRulesTest {

    private static List<FieldProblem> problems(String json) {
        Verification wanted = Json.parse(json.replace('\'', '"'), Verification.class);
        Complaints complaints = new Complaints();
        VerificationRules.checkNothingElse(wanted, complaints);
        VerificationRules.check(wanted, complaints);
        ProblemException refused = catchThrowableOfType(ProblemException.class, complaints::raise);
        return refused == null ? List.of() : refused.errors();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'scheme':'none'}",
                "{'scheme':'none','eventIdHeader':'X-Event-Id','eventIdPointer':'/data/0/a~1b'}",
                "{'scheme':'ip-list'}",
                "{'scheme':'ip-list','eventIdHeader':'X-Event-Id'}",
                "{'scheme':'bearer','secrets':['a'],'eventIdPointer':'/id'}",
                "{'scheme':'basic','secrets':['a'],'username':'a','eventIdHeader':'X-Event-Id'}",
                "{'scheme':'api-key','secrets':['a'],'header':'X-Key','eventIdHeader':'X-Event-Id'}",
                "{'scheme':'jwt','issuer':'i','audience':'us','jwksUrl':'https://i/keys','eventIdPointer':'/id'}",
                "{'scheme':'hmac','secrets':['a','b'],'header':'X-Signature','prefix':'v1=','algorithm':'sha512',"
                        + "'encoding':'base64','signedContent':'{id}.{timestamp}.{body}','timestampHeader':'X-Time',"
                        + "'eventIdHeader':'X-Id','toleranceSeconds':86400}",
                "{'scheme':'standard-webhooks','secrets':['a'],'toleranceSeconds':60}",
                "{'scheme':'github','secrets':['a']}",
                "{'scheme':'twilio','secrets':['a','b']}",
                "{'scheme':'meta','secrets':['a'],'verifyToken':'12345678'}",
                "{'scheme':'basic','secrets':['a'],'username':'Zoë'}",
                "{'scheme':'bearer','secrets':['a']}",
                "{'scheme':'api-key','secrets':['a'],'header':'X-Key'}",
                "{'scheme':'api-key','secrets':['a'],'queryParameter':'key'}",
                "{'scheme':'jwt','issuer':'https://i.example.org/','audience':'us','jwksUrl':'http://10.0.0.7:81/keys'}",
                "{'scheme':'jwt','issuer':'i','audience':'us','jwksUrl':'https://i.example.org/keys','header':'X-Token'}",
            })
    void completeOnesAreTaken(String json) {
        assertThat(problems(json)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {'scheme':'none','secrets':['a']}                                    | /secrets
                    {'scheme':'ip-list','secrets':['a']}                                 | /secrets
                    {'scheme':'github'}                                                  | /secrets
                    {'scheme':'github','secrets':[]}                                     | /secrets
                    {'scheme':'github','secrets':['a','b','c']}                          | /secrets
                    {'scheme':'github','secrets':['a'],'header':'X-Hub-Signature'}       | /header
                    {'scheme':'github','secrets':['a'],'toleranceSeconds':5}             | /toleranceSeconds
                    {'scheme':'stripe','secrets':['a'],'toleranceSeconds':0}             | /toleranceSeconds
                    {'scheme':'stripe','secrets':['a'],'toleranceSeconds':86401}         | /toleranceSeconds
                    {'scheme':'bearer','secrets':['a'],'header':'X-Token'}               | /header
                    {'scheme':'none','eventIdHeader':'X Event'}                          | /eventIdHeader
                    {'scheme':'none','eventIdPointer':'id'}                              | /eventIdPointer
                    {'scheme':'none','eventIdPointer':''}                                | /eventIdPointer
                    {'scheme':'none','eventIdPointer':'/a~2'}                            | /eventIdPointer
                    {'scheme':'hmac','secrets':['a']}                                    | /header
                    {'scheme':'hmac','secrets':['a'],'header':' '}                       | /header
                    {'scheme':'hmac','secrets':['a'],'header':'X:Y'}                     | /header
                    {'scheme':'hmac','secrets':['a'],'header':'X','timestampHeader':''}  | /timestampHeader
                    {'scheme':'hmac','secrets':['a'],'header':'X','algorithm':'md5'}     | /algorithm
                    {'scheme':'hmac','secrets':['a'],'header':'X','encoding':'morse'}    | /encoding
                    {'scheme':'hmac','secrets':['a'],'header':'X','signedContent':'{x}'} | /signedContent
                    {'scheme':'hmac','secrets':['a'],'header':'X','signedContent':'{timestamp}{body}'} | /timestampHeader
                    {'scheme':'hmac','secrets':['a'],'header':'X','signedContent':'{id}{body}'}        | /eventIdHeader
                    {'scheme':'hmac','secrets':['a'],'header':'X','username':'a'}        | /username
                    {'scheme':'api-key','secrets':['a']}                                 | /header
                    {'scheme':'api-key','secrets':['a'],'header':'X Y'}                  | /header
                    {'scheme':'api-key','secrets':['a'],'queryParameter':' '}            | /queryParameter
                    {'scheme':'api-key','secrets':['a'],'header':'X','queryParameter':'k'} | /queryParameter
                    {'scheme':'basic','secrets':['a']}                                   | /username
                    {'scheme':'basic','secrets':['a'],'username':' '}                    | /username
                    {'scheme':'basic','secrets':['a'],'username':'a:b'}                  | /username
                    {'scheme':'meta','secrets':['a'],'verifyToken':'1234567'}            | /verifyToken
                    {'scheme':'meta','secrets':['a'],'verifyToken':'with a space'}       | /verifyToken
                    {'scheme':'jwt','secrets':['a'],'issuer':'i','audience':'a','jwksUrl':'https://i/k'} | /secrets
                    {'scheme':'jwt','audience':'a','jwksUrl':'https://i/k'}              | /issuer
                    {'scheme':'jwt','issuer':'i','jwksUrl':'https://i/k'}                | /audience
                    {'scheme':'jwt','issuer':'i','audience':'a'}                         | /jwksUrl
                    {'scheme':'jwt','issuer':'i','audience':'a','jwksUrl':'/keys'}       | /jwksUrl
                    {'scheme':'jwt','issuer':'i','audience':'a','jwksUrl':'file:///etc'} | /jwksUrl
                    {'scheme':'jwt','issuer':'i','audience':'a','jwksUrl':'https://u:p@i/k'} | /jwksUrl
                    {'scheme':'jwt','issuer':'i','audience':'a','jwksUrl':'no url'}      | /jwksUrl
                    """)
    void incompleteOnesNameTheirField(String json, String field) {
        assertThat(problems(json)).extracting(FieldProblem::pointer).containsExactly("/verification" + field);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(problems("{'scheme':'jwt','secrets':['a'],'username':'b'}"))
                .extracting(FieldProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/verification/username",
                        "/verification/secrets",
                        "/verification/issuer",
                        "/verification/audience",
                        "/verification/jwksUrl");
    }

    @Test
    void unknownSchemeIsToldAllThatAreKnown() {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> problems("{'scheme':'carrier-pigeon'}"));

        assertThat(refused.errors().getFirst().detail()).contains(VerificationScheme.wireNames());
    }

    @ParameterizedTest
    @EnumSource(VerificationScheme.class)
    void eachSchemeRefusesWhatItDoesNotRead(VerificationScheme scheme) {
        Verification all = Json.parse("""
                {"scheme": "%s", "header": "a", "queryParameter": "a", "prefix": "a", "algorithm": "a", "encoding": "a",
                 "signedContent": "a", "timestampHeader": "a", "toleranceSeconds": 1, "eventIdHeader": "a",
                 "eventIdPointer": "a", "username": "a", "issuer": "a", "audience": "a", "jwksUrl": "a",
                 "verifyToken": "a"}""".formatted(scheme.wireName()), Verification.class);
        Complaints complaints = new Complaints();

        VerificationRules.checkNothingElse(all, complaints);

        ProblemException refused = catchThrowableOfType(ProblemException.class, complaints::raise);
        assertThat(refused.errors())
                .hasSize(VerificationField.values().length
                        - VerificationField.of(scheme).size());
        assertThat(refused.errors())
                .allMatch(error -> error.detail().equals("not used by " + scheme.wireName() + ": leave it out"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    standard-webhooks | whsec_MDEyMzQ1Njc4OWFiY2RlZg==
                    standard-webhooks | MDEyMzQ1Njc4OWFiY2RlZg==
                    standard-webhooks | whpk_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
                    bearer            | mF_9.B5f-4.1JqM
                    basic             | pass word
                    github            | any thing
                    """)
    void secretsThatCanFitAreTaken(String scheme, String secret) {
        assertThatCode(() -> checkSecret(scheme, secret)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    standard-webhooks | whsec_MDEyMzQ1Njc4OWFiY2Rl
                    standard-webhooks | whsec_no base64
                    standard-webhooks | whpk_MDEyMzQ1Njc4OWFiY2RlZg==
                    bearer            | with a space
                    api-key           | schlüssel
                    gitlab            | 'line\n'
                    github            | ' '
                    """)
    void secretsThatCannotFitAnyCallAreRefused(String scheme, String secret) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> checkSecret(scheme, secret));

        assertThat(refused.errors()).extracting(FieldProblem::pointer).containsExactly("/verification/secrets/1");
    }

    private static void checkSecret(String scheme, String secret) {
        SecretRules.check(VerificationScheme.of(scheme).orElseThrow(), secret, 1);
    }
}
