/** What senders ask when a URL is entered with them, answered by shape and scheme. Nothing here starts a run. */
@NullMarked
package io.sluice.ingress.handshake;

import org.jspecify.annotations.NullMarked;
