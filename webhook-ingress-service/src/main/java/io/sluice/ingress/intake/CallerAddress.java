package io.sluice.ingress.intake;

import io.sluice.ingress.endpoint.AddressRanges;
import io.sluice.run.http.Cidr;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, when proxies stand between. Each proxy appends whom it was called by; the list is read from its end, and
 * only for as long as it was written by proxies that are trusted, since the caller may have written the rest.
 */
@Singleton
class CallerAddress {

    /** RFC 7239: the node of one element, quoted or not. */
    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;]*))", Pattern.CASE_INSENSITIVE);

    private static final Pattern V4_WITH_PORT = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^]]+)](?::\\d+)?");
    private static final int MOST_HOPS = 20;

    private final AddressRanges trusted;
    private final boolean trustsAny;
    private final IntakeConfig.ProxyHeader header;

    CallerAddress(IntakeConfig config) {
        List<String> proxies = config.trustedProxies().orElse(List.of());
        this.trusted = AddressRanges.of(proxies);
        this.trustsAny = !proxies.isEmpty();
        this.header = config.proxyHeader();
    }

    /**
     * @param peer who is connected
     * @param values the proxy header's values, in their order
     * @return null when a trusted proxy does not tell it
     */
    @Nullable
    InetAddress of(@Nullable InetAddress peer, List<String> values) {
        if (!trustsAny || !trusted.contain(peer)) {
            return peer;
        }
        List<String> hops = hops(values);
        @Nullable InetAddress caller = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted.contain(caller); i--) {
            caller = address(hops.get(i));
        }
        return caller;
    }

    String headerName() {
        return switch (header) {
            case X_FORWARDED_FOR -> "x-forwarded-for";
            case FORWARDED -> "forwarded";
        };
    }

    private List<String> hops(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String hop : value.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops.size() > MOST_HOPS ? hops.subList(hops.size() - MOST_HOPS, hops.size()) : hops;
    }

    /** Null for {@code unknown}, hidden names and whatever else is no address. */
    private @Nullable InetAddress address(String hop) {
        String node = hop;
        if (header == IntakeConfig.ProxyHeader.FORWARDED) {
            Matcher matcher = FOR.matcher(hop);
            if (!matcher.find()) {
                return null;
            }
            node = (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)).strip();
        }
        Matcher v4 = V4_WITH_PORT.matcher(node);
        if (v4.matches()) {
            node = v4.group(1);
        }
        Matcher bracketed = BRACKETED.matcher(node);
        if (bracketed.matches()) {
            node = bracketed.group(1);
        }
        return Cidr.isAddress(node) && node.indexOf('/') < 0 ? Cidr.literal(node) : null;
    }
}
