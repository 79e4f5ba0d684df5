/** Connections, sealed for the services that use them. */
@NullMarked
package io.sluice.integrations.connection;

import org.jspecify.annotations.NullMarked;
