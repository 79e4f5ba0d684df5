/** Load on ingress over raw connections, and the proof in its database that each acknowledged event ran once. */
@NullMarked
package io.sluice.system.load;

import org.jspecify.annotations.NullMarked;
