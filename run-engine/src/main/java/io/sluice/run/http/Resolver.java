package io.sluice.run.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;

/** Finds the address of a name. Asked once a call: the address that was checked is the one that is connected to. */
@FunctionalInterface
interface Resolver {

    Future<InetAddress> resolve(String host);

    /** Vert.x' own resolver: the JDK's would block the carrier of the virtual thread. */
    static Resolver of(Vertx vertx) {
        return host -> {
            Promise<InetAddress> resolved = Promise.promise();
            ((VertxInternal) vertx).resolveAddress(host, resolved);
            return resolved.future();
        };
    }
}
