/** Credentials sealed for one service (HPKE, RFC 9180). */
@NullMarked
package io.sluice.run.seal;

import org.jspecify.annotations.NullMarked;
