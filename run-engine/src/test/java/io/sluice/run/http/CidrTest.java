package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.99/24, 203.0.113.1, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "0.0.0.0/0, 198.51.100.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "[2001:db8::1], 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void rangeHoldsItsAddresses(String range, String address, boolean holds) throws UnknownHostException {
        assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "::/129", "10.0.0"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }
}
