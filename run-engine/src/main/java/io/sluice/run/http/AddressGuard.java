package io.sluice.run.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says which addresses flows may call: public ones, and what the deployment allows by name. Flows are written by
 * tenants; without this, they could read the cluster's metadata service or a neighbour's database.
 */
public final class AddressGuard {

    /** Special-purpose ranges (IANA registries, RFC 6890) that no flow has business with. */
    private static final List<Cidr> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "::ffff:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "168.63.129.16/32",
                    "fec0::/10",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    /** Forms of an IPv4 address that some resolvers take and others do not: one number, octal, hexadecimal. */
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]+|[0-9]+)(\\.(0x[0-9a-f]+|[0-9]+)){0,3}\\.?");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

    private final List<AllowedTarget> allowed;

    /** @param allowed entries such as {@code 10.1.0.0/16}, {@code 127.0.0.1:8090}, {@code erp.internal} */
    public AddressGuard(List<String> allowed) {
        this.allowed = allowed.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(AllowedTarget::parse)
                .toList();
    }

    /**
     * Refuses hosts that are written so that readers disagree about what they mean.
     *
     * @throws HttpFailure when it is one
     */
    public void checkName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (NUMERIC.matcher(name).matches() && !DOTTED_QUAD.matcher(name).matches()) {
            throw blocked(host);
        }
    }

    /**
     * Checks the very address that will be connected to.
     *
     * @throws HttpFailure when flows may not call it
     */
    public void check(String host, InetAddress address, int port) {
        if (allowed.stream().anyMatch(target -> target.matches(host, address, port))) {
            return;
        }
        if (!isPublic(address)) {
            throw blocked(host);
        }
    }

    private static boolean isPublic(InetAddress address) {
        return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    private static HttpFailure blocked(String host) {
        return new HttpFailure(
                HttpFailure.Reason.BLOCKED_ADDRESS,
                host + " is not a public address. Whoever runs this Sluice can allow it: sluice.outbound.allow");
    }

    /** One entry of the allow list. */
    private record AllowedTarget(String host, java.util.Optional<Cidr> range, int port) {

        private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:]+):(\\d{1,5})");

        static AllowedTarget parse(String entry) {
            var match = WITH_PORT.matcher(entry);
            String host = match.matches() ? match.group(1) : entry;
            int port = match.matches() ? Integer.parseInt(match.group(2)) : 0;
            return new AllowedTarget(
                    host.toLowerCase(Locale.ROOT),
                    Cidr.isAddress(host) ? java.util.Optional.of(Cidr.parse(host)) : java.util.Optional.empty(),
                    port);
        }

        boolean matches(String name, InetAddress address, int calledPort) {
            if (port != 0 && port != calledPort) {
                return false;
            }
            return range.map(cidr -> cidr.contains(address))
                    .orElseGet(() -> host.equals(name.toLowerCase(Locale.ROOT)));
        }
    }
}
