package io.sluice.run.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses. Which bits count is checked; that those behind them are zero is not, since {@code 10.1.2.3/8}
 * can only mean one range.
 *
 * @param network an address of the range, 4 or 16 bytes
 * @param prefix leading bits that count
 */
public record Cidr(byte[] network, int prefix) {

    public Cidr {
        if (prefix < 0 || prefix > network.length * 8) {
            throw new IllegalArgumentException("a prefix has 0 to " + network.length * 8 + " bits, not " + prefix);
        }
    }

    /** Whether it is an address or a range, by its form; a name is neither. */
    public static boolean isAddress(String text) {
        String address = unbracketed(text.contains("/") ? text.substring(0, text.indexOf('/')) : text);
        return NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
    }

    /**
     * An address alone is the range of itself.
     *
     * @throws IllegalArgumentException when it is neither an address nor a range
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes =
                NetUtil.createByteArrayFromIpAddressString(unbracketed(slash < 0 ? text : text.substring(0, slash)));
        if (bytes == null) {
            throw new IllegalArgumentException("not an address or range: " + text);
        }
        return new Cidr(bytes, slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether the address is one of the range; never one of the other family. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The address of a literal, or null when the text is a name. Never asks a resolver. */
    public static @org.jspecify.annotations.Nullable InetAddress literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(unbracketed(host));
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a length that cannot be", e);
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
