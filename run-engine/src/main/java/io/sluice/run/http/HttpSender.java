package io.sluice.run.http;

/** Makes calls; blocks the calling (virtual) thread. */
@FunctionalInterface
public interface HttpSender {

    /**
     * Sends and waits for the whole answer. Redirects are answers like others.
     *
     * @throws HttpFailure when no answer came
     * @throws java.util.concurrent.CancellationException when the thread was interrupted
     */
    HttpAnswer send(HttpCall call);
}
