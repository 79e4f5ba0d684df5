/** How the tests speak to Sluice and to the demo systems: small, readable clients over HTTP. */
@NullMarked
package io.sluice.system.client;

import org.jspecify.annotations.NullMarked;
