/** The deployments feed that the trigger services follow. */
@NullMarked
package io.sluice.integrations.deployment;

import org.jspecify.annotations.NullMarked;
