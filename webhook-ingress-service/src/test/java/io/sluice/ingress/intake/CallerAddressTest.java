package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.http.Cidr;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAddressTest {

    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "198.51.100.7";

    private static CallerAddress behind(String header, String... proxies) {
        Map<String, String> config = new HashMap<>(Map.of("sluice.webhook.base-url", "https://hooks.example.org"));
        config.put("sluice.webhook.proxy-header", header);
        if (proxies.length > 0) {
            config.put("sluice.webhook.trusted-proxies", String.join(",", proxies));
        }
        return new CallerAddress(new SmallRyeConfigBuilder()
                .withMapping(IntakeConfig.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withConverter(java.time.Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValues(config)
                .build()
                .getConfigMapping(IntakeConfig.class));
    }

    private static String of(CallerAddress callers, String peer, String... values) {
        InetAddress caller = callers.of(Cidr.literal(peer), List.of(values));
        return caller == null ? "unknown" : caller.getHostAddress();
    }

    @Test
    void headerIsIgnoredWhereNoProxyIsTrusted() {
        assertThat(of(behind("x-forwarded-for"), STRANGER, "203.0.113.9")).isEqualTo(STRANGER);
    }

    @Test
    void headerOfAStrangerIsIgnored() {
        assertThat(of(behind("x-forwarded-for", "10.0.0.0/8"), STRANGER, "203.0.113.9"))
                .isEqualTo(STRANGER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "1.1.1.1, 203.0.113.9|203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.0.0.2|203.0.113.9",
                "10.0.0.3, 10.0.0.2|10.0.0.3",
                "203.0.113.9:4711|203.0.113.9",
                "2001:db8::1|2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711|2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.9|203.0.113.9",
                "203.0.113.9, unknown|unknown",
                "203.0.113.9, _hidden, 10.0.0.2|unknown",
                "203.0.113.9,|unknown",
                "203.0.113.9/24|unknown",
                "localhost|unknown",
                "0x7f000001|unknown"
            })
    void listIsReadFromItsEndForAsLongAsProxiesWroteIt(String value, String caller) {
        assertThat(of(behind("x-forwarded-for", "10.0.0.0/8"), PROXY, value)).isEqualTo(caller);
    }

    @Test
    void severalHeadersAreOneList() {
        CallerAddress callers = behind("x-forwarded-for", "10.0.0.0/8");

        assertThat(of(callers, PROXY, "203.0.113.9", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(of(callers, PROXY, "203.0.113.9", "10.0.0.2")).isEqualTo("203.0.113.9");
    }

    @Test
    void proxyThatTellsNothingIsTheCaller() {
        assertThat(of(behind("x-forwarded-for", "10.0.0.0/8"), PROXY)).isEqualTo(PROXY);
    }

    @Test
    void tooManyHopsAreNotFollowed() {
        List<String> hops = new java.util.ArrayList<>(Collections.nCopies(100_000, "10.0.0.2"));
        hops.addFirst("203.0.113.9");

        String caller = of(behind("x-forwarded-for", "10.0.0.0/8"), PROXY, String.join(",", hops));

        assertThat(caller).isNotEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9|203.0.113.9",
                "For=\"203.0.113.9:4711\";proto=https|203.0.113.9",
                "proto=http; for=203.0.113.9;by=10.0.0.1|203.0.113.9",
                "for=\"[2001:db8::1]\"|2001:db8:0:0:0:0:0:1",
                "for=\"[2001:db8::1]:4711\"|2001:db8:0:0:0:0:0:1",
                "for=1.1.1.1, for=203.0.113.9, for=10.0.0.2|203.0.113.9",
                "for=unknown|unknown",
                "for=_gazonk|unknown",
                "by=203.0.113.9|unknown",
                "x-for=203.0.113.9|unknown",
                "203.0.113.9|unknown"
            })
    void forwardedIsReadByItsStandard(String value, String caller) {
        assertThat(of(behind("forwarded", "10.0.0.0/8"), PROXY, value)).isEqualTo(caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-for", "forwarded"})
    void onlyTheConfiguredHeaderIsRead(String header) {
        assertThat(behind(header, "10.0.0.0/8").headerName()).isEqualTo(header);
    }
}
