/** How an integration is started by a call from outside, and the call itself. */
@NullMarked
package io.sluice.contract.webhook;

import org.jspecify.annotations.NullMarked;
