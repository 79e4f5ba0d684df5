package io.sluice.ingress.endpoint;

import io.sluice.run.http.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that may call; without any, all may. */
public final class AddressRanges {

    /** Everybody. */
    public static final AddressRanges ALL = new AddressRanges(List.of());

    private final List<Cidr> ranges;

    private AddressRanges(List<Cidr> ranges) {
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException when one is neither an address nor a range */
    public static AddressRanges of(@Nullable List<String> ranges) {
        return ranges == null || ranges.isEmpty()
                ? ALL
                : new AddressRanges(ranges.stream().map(Cidr::parse).toList());
    }

    public boolean isAll() {
        return ranges.isEmpty();
    }

    /** @param address null when it cannot be told, which no range contains */
    public boolean contain(@Nullable InetAddress address) {
        return isAll() || (address != null && ranges.stream().anyMatch(range -> range.contains(address)));
    }
}
