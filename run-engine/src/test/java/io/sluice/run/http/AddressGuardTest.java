package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static void check(AddressGuard guard, String host, String address, int port) {
        InetAddress literal = Cidr.literal(address);
        if (literal == null) {
            throw new IllegalArgumentException(address);
        }
        guard.check(host, literal, port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressThatIsNotPublicIsRefused(String address) {
        assertThatThrownBy(() -> check(new AddressGuard(List.of()), "name.example", address, 443))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> org.assertj.core.api.Assertions.assertThat(failure.reason())
                                .isEqualTo(HttpFailure.Reason.BLOCKED_ADDRESS))
                .hasMessageContaining("name.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressIsAllowed(String address) {
        assertThatCode(() -> check(new AddressGuard(List.of()), "name.example", address, 443))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0177.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "127.1",
                "127.0.1",
                "0",
                "00.0.0.0",
                "127.0.0.01",
                "256.1.1.1",
                "1.1.1.1.",
                "0X7F.1"
            })
    void hostsThatReadersDisagreeAboutAreRefused(String host) {
        assertThatThrownBy(() -> new AddressGuard(List.of("0.0.0.0/0")).checkName(host))
                .isInstanceOf(HttpFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "1.2.3.4", "example.com", "1.2.3.4.example", "0xabc.example", "a1", "3com.com"})
    void ordinaryHostsAreNotRefusedByName(String host) {
        assertThatCode(() -> new AddressGuard(List.of()).checkName(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,erp.example,10.1.2.3,443,true",
        "10.1.0.0/16,erp.example,10.2.2.3,443,false",
        "127.0.0.1:8090,x.example,127.0.0.1,8090,true",
        "127.0.0.1:8090,x.example,127.0.0.1,8091,false",
        "erp.internal,ERP.internal,10.0.0.1,443,true",
        "erp.internal,other.internal,10.0.0.1,443,false",
        "erp.internal:8443,erp.internal,10.0.0.1,443,false",
        "erp.internal,erp.internal.evil.example,10.0.0.1,443,false",
        "'[::1]:8090',x.example,::1,8090,true",
        "'[::1]:8090',x.example,::1,80,false",
        "'::1',x.example,::1,80,true",
        "'fd00::/8',x.example,fd12::1,80,true",
        "'  10.0.0.0/8  ',x.example,10.9.9.9,80,true"
    })
    void deploymentMayAllowTargets(String entry, String host, String address, int port, boolean allowed) {
        AddressGuard guard = new AddressGuard(List.of(entry, ""));

        if (allowed) {
            assertThatCode(() -> check(guard, host, address, port)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(guard, host, address, port)).isInstanceOf(HttpFailure.class);
        }
    }

    @Test
    void mappedAddressCountsAsTheOneItMaps() {
        assertThatThrownBy(() -> check(new AddressGuard(List.of()), "x", "::ffff:169.254.169.254", 80))
                .isInstanceOf(HttpFailure.class);
    }
}
