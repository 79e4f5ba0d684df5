package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.run.executor.DatabaseAway;
import io.sluice.run.executor.Executor;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls that came while the database was away, in a file of this replica, and from there in their order into the
 * database. How far they are is written in the same commit, so each is stored once, wherever a crash falls.
 */
@Singleton
@RegisterForReflection(
        targets = {
            PendingCall.class,
            PendingCall.PendingRun.class,
            CallCopy.class,
            NewRun.class,
            NewRun.Terms.class,
            NewRun.Replay.class,
            Lane.class
        })
class Spool {

    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int AT_ONCE = 200;

    /** Far less than senders wait, and more than a page takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What was written by another version, or has a property that only follows from others, is read all the same. */
    private static final ObjectReader ENTRIES =
            Json.MAPPER.readerFor(PendingCall.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final SpoolPositions positions;
    private final CallStore store;
    private final Executor executor;
    private final long maxSize;
    private final Optional<Path> folder;

    /** What is in the file: only under its lock. */
    private final Object lock = new Object();

    private @Nullable SpoolFile file;
    private long read = SpoolFile.first();
    /** Where the file was cut off; known to the thread that stores. */
    private long cutAt = Long.MAX_VALUE;

    private final Map<String, UUID> keys = new HashMap<>();

    /** Until when whoever keeps calls behind others waits for the end of those. */
    private long lastUntil;

    private boolean isStoringLast;

    /** Files that are gone; known to the thread that stores. */
    private final Queue<UUID> toForget = new ArrayDeque<>();

    private volatile boolean filling;
    private volatile long bytes;
    private final AtomicInteger setAside = new AtomicInteger();
    private volatile @Nullable Thread thread;

    Spool(SpoolPositions positions, CallStore store, Executor executor, IntakeConfig config) {
        this.positions = positions;
        this.store = store;
        this.executor = executor;
        this.folder = config.spool().path();
        this.maxSize = config.spool().maxSize().asLongValue();
    }

    void start(@Observes StartupEvent event) {
        if (folder.isEmpty()) {
            return;
        }
        synchronized (lock) {
            try {
                Files.createDirectories(folder.get());
                SpoolFile opened = SpoolFile.open(path());
                opened.cutOff().ifPresent(rest -> {
                    cutAt = opened.bytes();
                    LOG.warnf(
                            "what is at the end of the spool is no whole call; it is kept in %s. If nothing but a crash"
                                    + " happened to the disk, it was never acknowledged and can be deleted.",
                            rest);
                });
                file = opened;
                remember(opened);
                filling = opened.bytes() > SpoolFile.first();
                bytes = opened.bytes() - SpoolFile.first();
            } catch (IOException e) {
                throw new UncheckedIOException("the spool cannot be used", e);
            }
        }
        thread = Thread.ofPlatform().name("intake-spool").daemon().start(this::drain);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread draining = thread;
        if (draining != null) {
            draining.interrupt();
        }
    }

    private Path path() {
        return folder.orElseThrow().resolve("calls.spool");
    }

    /** Events that are acknowledged and not in the database yet: their repetitions are known from here. */
    private void remember(SpoolFile opened) throws IOException {
        for (long at = SpoolFile.first(); at < opened.bytes(); ) {
            SpoolFile.Page page = opened.read(at, AT_ONCE);
            page.entries().stream()
                    .flatMap(entry -> pending(entry).stream())
                    .forEach(call -> call.runs().forEach(this::remember));
            at = page.next();
        }
    }

    private void remember(PendingCall.PendingRun one) {
        if (one.key() != null) {
            keys.putIfAbsent(key(one), one.run().id());
        }
    }

    private static String key(PendingCall.PendingRun one) {
        return one.run().integrationId() + " " + one.key();
    }

    boolean isOn() {
        return folder.isPresent();
    }

    /** Whether calls are in it, which must not be overtaken. */
    boolean isFilling() {
        return filling;
    }

    long bytes() {
        return bytes;
    }

    /** Calls that the database refuses for good; they lie beside the spool for a person to look at. */
    int setAside() {
        return setAside.get();
    }

    /**
     * Keeps calls behind those that are in it; empty when there are none any more. Then the database knows events that
     * this spool has forgotten, and must be asked.
     *
     * @throws UncheckedIOException when they are not kept
     */
    Optional<List<Receipt>> appendBehind(List<PendingCall> calls) {
        synchronized (lock) {
            awaitLast();
            return filling ? Optional.of(append(calls)) : Optional.empty();
        }
    }

    /**
     * Keeps calls on the disk.
     *
     * @throws UncheckedIOException when they are not kept
     */
    List<Receipt> append(List<PendingCall> calls) {
        synchronized (lock) {
            SpoolFile into = file;
            if (into == null) {
                throw new UncheckedIOException(new IOException("there is no spool"));
            }
            List<Receipt> receipts = new ArrayList<>();
            List<byte[]> entries = new ArrayList<>();
            long more = 0;
            List<PendingCall> kept = new ArrayList<>();
            Map<String, UUID> here = new HashMap<>();
            for (PendingCall call : calls) {
                Optional<Receipt> known = known(call, here);
                if (known.isEmpty()) {
                    byte[] entry = Json.text(call).getBytes(StandardCharsets.UTF_8);
                    entries.add(entry);
                    kept.add(call);
                    call.runs().stream()
                            .filter(one -> one.key() != null)
                            .forEach(one -> here.putIfAbsent(key(one), one.run().id()));
                    more += entry.length;
                }
                receipts.add(known.orElseGet(() -> accepted(call)));
            }
            if (into.bytes() + more > maxSize) {
                throw new UncheckedIOException(new IOException("the spool is full"));
            }
            try {
                into.append(entries);
            } catch (IOException e) {
                throw new UncheckedIOException("the spool could not be written", e);
            }
            kept.forEach(call -> call.runs().forEach(this::remember));
            filling = true;
            bytes = into.bytes() - SpoolFile.first();
            return receipts;
        }
    }

    private static Receipt accepted(PendingCall call) {
        return new Receipt.Accepted(
                call.runs().stream().map(one -> one.run().id()).toList(), call.batch());
    }

    /** Of a batch all must be known, or it is kept as a whole: the database sorts it out. */
    private Optional<Receipt> known(PendingCall call, Map<String, UUID> here) {
        List<UUID> firsts = new ArrayList<>();
        for (PendingCall.PendingRun one : call.runs()) {
            UUID first = one.key() == null ? null : keys.getOrDefault(key(one), here.get(key(one)));
            if (first == null) {
                return Optional.empty();
            }
            firsts.add(first);
        }
        return Optional.of(new Receipt.Duplicate(firsts, call.batch(), call.eventId()));
    }

    /** Empty when this version cannot read it. */
    private static Optional<PendingCall> pending(byte[] entry) {
        try {
            return Optional.of(ENTRIES.<PendingCall>readValue(entry));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void drain() {
        String told = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                while (filling) {
                    step();
                    executor.wake();
                }
                forgetEmptied();
                told = "";
            } catch (IOException | RuntimeException | Error e) {
                // Errors are the driver's, when a connection breaks in the middle of something. Without this thread
                // nothing is stored any more, whatever it is.
                String why = String.valueOf(e);
                if (!why.equals(told)) {
                    LOG.warnf("the spool cannot be stored yet, trying on: %s", why);
                    told = why;
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** The database is asked without the lock: while it hangs, calls are kept behind those that it has got. */
    private void step() throws IOException {
        SpoolFile from = Objects.requireNonNull(file);
        // The database's word counts: a commit whose outcome we did not learn may have taken place.
        read = positions.of(from.id()).orElse(SpoolFile.first());
        if (read > cutAt) {
            // It had more of the file than the disk kept: what is there from here on came after that.
            positions.move(from.id(), cutAt);
            read = cutAt;
        }
        cutAt = Long.MAX_VALUE;
        SpoolFile.Page page;
        synchronized (lock) {
            page = from.read(read, AT_ONCE);
            isStoringLast = page.next() == from.bytes();
            lastUntil = System.nanoTime() + PATIENCE.toNanos();
        }
        try {
            store(from, page);
            beginAfter(from, page.next());
        } finally {
            synchronized (lock) {
                isStoringLast = false;
                lock.notifyAll();
            }
        }
    }

    /** While the last ones are being stored nobody adds to them: so there is an end, however busy it is. */
    private void awaitLast() {
        try {
            for (long left = lastUntil - System.nanoTime();
                    isStoringLast && left > 0;
                    left = lastUntil - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("the service stops"));
        }
    }

    private void store(SpoolFile from, SpoolFile.Page page) {
        if (page.entries().isEmpty()) {
            return;
        }
        List<PendingCall> calls = page.entries().stream()
                .flatMap(entry -> pending(entry).stream())
                .toList();
        if (calls.size() < page.entries().size()) {
            oneByOne(from, page);
            return;
        }
        try {
            store.storeAcknowledged(calls, handle -> SpoolPositions.move(handle, from.id(), page.next()));
        } catch (CallStore.OutcomeUnknown e) {
            throw e;
        } catch (RuntimeException e) {
            if (isPassing(e)) {
                throw e;
            }
            LOG.warnf("calls of the spool are stored one by one: %s", e.getMessage());
            oneByOne(from, page);
        }
    }

    /** Nothing that a call is to blame for: also of a deadlock somebody must be the victim. */
    private static boolean isPassing(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error
                    || (cause instanceof SQLException sql
                            && Objects.requireNonNullElse(sql.getSQLState(), "").startsWith("40"))) {
                return true;
            }
        }
        return DatabaseAway.is(thrown);
    }

    private void oneByOne(SpoolFile from, SpoolFile.Page page) {
        long at = read;
        for (byte[] entry : page.entries()) {
            at += SpoolFile.sizeOf(entry);
            long next = at;
            try {
                PendingCall call =
                        pending(entry).orElseThrow(() -> new IllegalArgumentException("this version cannot read it"));
                store.storeAcknowledged(List.of(call), handle -> SpoolPositions.move(handle, from.id(), next));
            } catch (CallStore.OutcomeUnknown e) {
                throw e;
            } catch (RuntimeException e) {
                if (isPassing(e)) {
                    throw e;
                }
                putAside(entry, e);
                positions.move(from.id(), next);
            }
        }
    }

    private void putAside(byte[] entry, RuntimeException why) {
        LOG.errorf("a call of the spool cannot be stored and lies in %s: %s", aside(), why.getMessage());
        try {
            byte[] line = new byte[entry.length + 1];
            System.arraycopy(entry, 0, line, 0, entry.length);
            line[entry.length] = '\n';
            Files.write(aside(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
            setAside.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path aside() {
        return folder.orElseThrow().resolve("refused.jsonl");
    }

    /** Once all is in the database: another file, with another name. Not when calls were added meanwhile. */
    private void beginAfter(SpoolFile emptied, long stored) throws IOException {
        synchronized (lock) {
            if (emptied.bytes() > stored) {
                return;
            }
            emptied.close();
            Files.deleteIfExists(path());
            file = SpoolFile.open(path());
            toForget.add(emptied.id());
            keys.clear();
            bytes = 0;
            filling = false;
        }
    }

    private void forgetEmptied() {
        for (UUID emptied = toForget.peek(); emptied != null; emptied = toForget.peek()) {
            positions.forget(emptied);
            toForget.remove();
        }
    }
}
