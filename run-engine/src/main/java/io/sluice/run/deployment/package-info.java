/** The follower of the deployments feed and the local copy that runs start from. */
@NullMarked
package io.sluice.run.deployment;

import org.jspecify.annotations.NullMarked;
