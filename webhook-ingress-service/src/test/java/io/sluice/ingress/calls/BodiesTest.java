package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every kind: read as data, and kept as they came. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class BodiesTest {

    @Test
    void filesOfAFormKeepTheirExactBytes() throws IOException {
        TestEndpoint endpoint = TestEndpoint.open();
        byte[] file = new byte[300_000];
        new Random(7).nextBytes(file);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("""
                --frontier\r
                Content-Disposition: form-data; name="title"\r
                \r
                Überschrift\r
                --frontier\r
                Content-Disposition: form-data; name="file"; filename="a.bin"\r
                Content-Type: image/png\r
                \r
                """.getBytes(StandardCharsets.UTF_8));
        body.write(file);
        body.write("\r\n--frontier--\r\n".getBytes(StandardCharsets.UTF_8));

        UUID run = TestEndpoint.call(
                        "POST",
                        endpoint.token(),
                        body.toByteArray(),
                        "Content-Type",
                        "multipart/form-data; boundary=frontier")
                .runId();

        JsonPath read = JsonPath.from(endpoint.event(run, "{body}"));
        assertThat(read.getString("title")).isEqualTo("Überschrift");
        assertThat(read.getString("file.filename")).isEqualTo("a.bin");
        assertThat(read.getString("file.contentType")).isEqualTo("image/png");
        assertThat(read.getInt("file.size")).isEqualTo(file.length);
        assertThat(Base64.getDecoder().decode(read.getString("file.base64"))).isEqualTo(file);
        assertThat(Base64.getDecoder()
                        .decode(Traffic.of(endpoint).newest("accepted").getString("bodyBase64")))
                .isEqualTo(body.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=other",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=frontier; charset=nonsense"
            })
    void formThatCannotBeReadIsTakenAsBytes(String type) {
        TestEndpoint endpoint = TestEndpoint.open();

        UUID run = endpoint.post(
                        "--frontier\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--frontier",
                        "Content-Type",
                        type)
                .runId();

        assertThat(endpoint.event(run, "{contentType}")).contains("multipart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate"})
    void packedBodyIsUnpackedAndItsSignatureIsOverTheBytesAsTheyCame(String coding) throws IOException {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        byte[] plain = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);
        byte[] packed = packed(coding, plain);

        TestEndpoint.call(
                        "POST",
                        endpoint.token(),
                        packed,
                        "Content-Encoding",
                        coding,
                        "X-Hub-Signature-256",
                        Signed.github("secret", plain))
                .refused(401, "bad-signature");
        UUID run = TestEndpoint.call(
                        "POST",
                        endpoint.token(),
                        packed,
                        "Content-Encoding",
                        coding,
                        "X-Hub-Signature-256",
                        Signed.github("secret", packed))
                .runId();

        assertThat(endpoint.event(run, "{body}")).isEqualTo("{\"a\": \"ü\"}");
        assertThat(Base64.getDecoder()
                        .decode(Traffic.of(endpoint).newest("accepted").getString("bodyBase64")))
                .isEqualTo(packed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void bombIsTooLargeAndStartsNoRun(String coding) throws IOException {
        TestEndpoint endpoint = TestEndpoint.open();

        TestEndpoint.call(
                        "POST",
                        endpoint.token(),
                        packed(coding, new byte[30 * 1024 * 1024]),
                        "Content-Encoding",
                        coding)
                .refused(413, "too-large");

        assertThat(endpoint.runs()).isZero();
        assertThat(Traffic.of(endpoint).newest("refused").getInt("call.status")).isEqualTo(413);
    }

    @Test
    void codingThatIsNotKnownOrDoesNotFitIsRefused() {
        TestEndpoint endpoint = TestEndpoint.open();

        for (String coding : new String[] {"br", "zstd", "gzip, gzip", "gzip", "deflate"}) {
            endpoint.post("{}", "Content-Encoding", coding).refused(415, "unsupported-media-type");
        }
        assertThat(endpoint.post("{}", "Content-Encoding", "identity").status()).isEqualTo(202);
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void contentTypeThatIsNotListedIsRefusedWithTheList() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withIntake("{\"contentTypes\":[\"application/json\",\"text/*\"]}")
                .deploy();

        for (String type : new String[] {"application/xml", "application/json-seq", "textual/plain", ""}) {
            assertThat(endpoint.post("{}", "Content-Type", type)
                            .refused(415, "unsupported-media-type")
                            .body())
                    .contains("application/json, text/*");
        }
        for (String type : new String[] {"application/json", "Application/JSON; charset=utf-8", "text/csv"}) {
            assertThat(endpoint.post("{}", "Content-Type", type).status()).isEqualTo(202);
        }
        assertThat(Traffic.of(endpoint).newest("refused", 4).getString("call.reason"))
                .contains("application/json");
    }

    @Test
    void exactTextOfACallCanBeRead() {
        TestEndpoint endpoint = TestEndpoint.open();
        String body = " {\"b\" : 1.0,\n\t\"a\":\"ü\\u0041\" , \"b\": 2 }\r\n";

        endpoint.post(body, "X-Own", "1", "X-Own", "2").runId();

        JsonPath call = Traffic.of(endpoint).newest("accepted");
        assertThat(call.getString("body")).isEqualTo(body);
        assertThat(call.getString("bodyBase64")).isNull();
        assertThat(call.getBoolean("bodyCut")).isFalse();
        assertThat(call.getInt("call.bodyBytes")).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
        assertThat(call.getList("headers.x-own")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/json", "text/plain"})
    void exactBytesThatAreNoTextCanBeRead(String type) {
        TestEndpoint endpoint = TestEndpoint.open();
        byte[] bytes = {'{', 0, (byte) 0xff, (byte) 0xc3, '}'};

        TestEndpoint.call("POST", endpoint.token(), bytes, "Content-Type", type).runId();

        JsonPath call = Traffic.of(endpoint).newest("accepted");
        assertThat(call.getString("body")).isNull();
        assertThat(Base64.getDecoder().decode(call.getString("bodyBase64"))).isEqualTo(bytes);
    }

    private static byte[] packed(String coding, byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("deflate") ? new DeflaterOutputStream(packed) : new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
