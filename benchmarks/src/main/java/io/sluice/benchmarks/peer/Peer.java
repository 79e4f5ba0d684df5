package io.sluice.benchmarks.peer;

import java.net.URI;

/** Something else that takes calls over HTTP and answers 202; it runs until it is closed. */
public interface Peer extends AutoCloseable {

    URI url();

    String path();

    @Override
    void close();
}
