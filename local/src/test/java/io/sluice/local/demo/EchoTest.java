package io.sluice.local.demo;

import static io.sluice.local.demo.RunningDemo.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EchoTest {

    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        demo = RunningDemo.in(directory, InstantSource.system());
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void answersWithTheRequest() {
        JsonNode echo = json(demo.send(
                "PATCH",
                "/echo/some/where?a=1&b=2&b=3",
                "{\"amount\": 1.50}",
                "Content-Type",
                "application/json",
                "X-Trace",
                "t-1"));

        assertThat(echo.path("method").asText()).isEqualTo("PATCH");
        assertThat(echo.path("path").asText()).isEqualTo("/echo/some/where");
        assertThat(echo.path("query")).hasToString("{\"a\":\"1\",\"b\":[\"2\",\"3\"]}");
        assertThat(echo.at("/headers/x-trace").asText()).isEqualTo("t-1");
        assertThat(echo.path("body")).hasToString("{\"amount\":1.50}");
    }

    @Test
    void aBodyThatIsNoJsonComesBackAsText() {
        assertThat(json(demo.form("/echo", "a=1")).path("body").asText()).isEqualTo("a=1");
        assertThat(json(demo.post("/echo", "{not json")).path("body").asText()).isEqualTo("{not json");
        assertThat(json(demo.get("/echo")).path("body").isNull()).isTrue();
    }

    @Test
    void answersWithTheStatusThatIsAskedFor() {
        assertThat(demo.get("/echo?status=503").statusCode()).isEqualTo(503);
        assertThat(demo.get("/echo?status=204").body()).isEmpty();
        assertThat(demo.get("/echo?status=99").statusCode()).isEqualTo(400);
        assertThat(demo.send("HEAD", "/echo", "").statusCode()).isEqualTo(200);
    }

    @Test
    void waitsAsLongAsIsAskedFor() {
        long start = System.nanoTime();

        HttpResponse<String> answer = demo.get("/echo?delay=300");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void remembersTheLatestHundredRequests() {
        for (int i = 0; i < 101; i++) {
            demo.get("/echo?i=" + i);
        }

        JsonNode log = json(demo.get("/echo-log"));

        assertThat(log).hasSize(100);
        assertThat(log.at("/99/query/i").asText()).isEqualTo("100");
        assertThat(log.at("/99/at").asText()).isNotEmpty();
        assertThat(demo.send("DELETE", "/echo-log", "").statusCode()).isEqualTo(204);
        assertThat(json(demo.get("/echo-log"))).isEmpty();
    }
}
