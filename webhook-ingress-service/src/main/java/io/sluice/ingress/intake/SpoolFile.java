package io.sluice.ingress.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a file, each with its length and checksum. What is appended is on the disk when the call returns; an entry
 * that was being written when the process died is cut off.
 */
final class SpoolFile implements AutoCloseable {

    private static final int HEAD = Long.BYTES * 2;
    private static final int ENTRY_HEAD = Integer.BYTES * 2;
    private static final int LONGEST_ENTRY = 256 * 1024 * 1024;

    private static final int AT_ONCE = 8 * 1024 * 1024;

    private final FileChannel channel;
    private final UUID id;
    private long end;
    private @Nullable Path cutOff;

    private SpoolFile(FileChannel channel, UUID id, long end) {
        this.channel = channel;
        this.id = id;
        this.end = end;
    }

    /** Opens what is there, or begins anew. */
    static SpoolFile open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process uses " + file);
            }
            return channel.size() < HEAD ? begun(channel, file) : found(channel, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static SpoolFile begun(FileChannel channel, Path file) throws IOException {
        SpoolFile fresh = new SpoolFile(channel, UUID.randomUUID(), HEAD);
        fresh.writeHead();
        forceFolderOf(file);
        return fresh;
    }

    private static SpoolFile found(FileChannel channel, Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        read(channel, head, 0);
        SpoolFile spool = new SpoolFile(channel, new UUID(head.getLong(), head.getLong()), HEAD);
        while (spool.entryAt(spool.end) != null) {
            spool.end = spool.after(spool.end);
        }
        spool.cutOff(file);
        return spool;
    }

    /** A file is on the disk, or gone from it, once its folder is. */
    private static void forceFolderOf(Path file) throws IOException {
        try (FileChannel folder =
                FileChannel.open(Objects.requireNonNull(file.toAbsolutePath().getParent()), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * What comes after the last whole entry. Mostly one that was being written and was never acknowledged; should the
     * disk have lost more than that, it lies beside the file for a person to look at.
     */
    private void cutOff(Path file) throws IOException {
        long rest = channel.size() - end;
        if (rest > 0) {
            Path copy = file.resolveSibling(file.getFileName() + ".rest-" + id + "-" + end);
            copyRest(copy);
            forceFolderOf(copy);
            channel.truncate(end);
            channel.force(true);
            cutOff = copy;
        }
    }

    private void copyRest(Path copy) throws IOException {
        try (FileChannel into = FileChannel.open(
                copy, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long at = end;
            while (at < channel.size()) {
                // As much as the system does at once, which is never all of a large file.
                at += channel.transferTo(at, channel.size() - at, into);
            }
            into.force(true);
        }
    }

    /** What an entry takes in the file. */
    static long sizeOf(byte[] entry) {
        return ENTRY_HEAD + entry.length;
    }

    private void writeHead() throws IOException {
        channel.truncate(0);
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        write(head, 0);
        channel.force(true);
    }

    /** Names this file: another one is another name, so that a position in it cannot be mistaken. */
    UUID id() {
        return id;
    }

    /** Where what was no whole entry lies, when there was such at its end. */
    Optional<Path> cutOff() {
        return Optional.ofNullable(cutOff);
    }

    long bytes() {
        return end;
    }

    /** Where the first entry is. */
    static long first() {
        return HEAD;
    }

    /** @throws IOException when none of them is kept */
    void append(List<byte[]> entries) throws IOException {
        long size = 0;
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new IOException("a call is too long for the spool");
            }
            size += sizeOf(entry);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, AT_ONCE));
        try {
            long place = end;
            for (byte[] entry : entries) {
                if (buffer.remaining() < sizeOf(entry)) {
                    place = flush(buffer, place);
                }
                if (buffer.capacity() < sizeOf(entry)) {
                    place = write(
                            ByteBuffer.allocate(ENTRY_HEAD)
                                    .putInt(entry.length)
                                    .putInt(checksum(entry))
                                    .flip(),
                            place);
                    place = write(ByteBuffer.wrap(entry), place);
                } else {
                    buffer.putInt(entry.length).putInt(checksum(entry)).put(entry);
                }
            }
            flush(buffer, place);
            channel.force(false);
        } catch (IOException e) {
            // What is there of it must not stand before what comes next.
            channel.truncate(end);
            throw e;
        }
        end += size;
    }

    private long flush(ByteBuffer buffer, long place) throws IOException {
        long next = write(buffer.flip(), place);
        buffer.clear();
        return next;
    }

    /** Entries from a place on, no more than fit into memory, and where the next one would be. */
    record Page(List<byte[]> entries, long next) {}

    Page read(long from, int most) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        long at = from;
        while (at < end && entries.size() < most && at - from < AT_ONCE) {
            byte[] entry = entryAt(at);
            if (entry == null) {
                throw new IOException("the spool is damaged at byte " + at);
            }
            entries.add(entry);
            at += ENTRY_HEAD + entry.length;
        }
        return new Page(entries, at);
    }

    private byte @Nullable [] entryAt(long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(ENTRY_HEAD);
        if (!read(channel, head, at)) {
            return null;
        }
        int length = head.getInt();
        int checksum = head.getInt();
        if (length < 0 || length > LONGEST_ENTRY || at + ENTRY_HEAD + length > channel.size()) {
            return null;
        }
        ByteBuffer entry = ByteBuffer.allocate(length);
        return read(channel, entry, at + ENTRY_HEAD) && checksum(entry.array()) == checksum ? entry.array() : null;
    }

    private long after(long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(ENTRY_HEAD);
        read(channel, head, at);
        return at + ENTRY_HEAD + head.getInt();
    }

    private static boolean read(FileChannel channel, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            int got = channel.read(into, at + into.position());
            if (got < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }

    /** @return where the next byte goes */
    private long write(ByteBuffer from, long at) throws IOException {
        long place = at;
        while (from.hasRemaining()) {
            place += channel.write(from, place);
        }
        return place;
    }

    private static int checksum(byte[] entry) {
        CRC32 crc = new CRC32();
        crc.update(entry);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
