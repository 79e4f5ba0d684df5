/** Who calls, for which tenant, and the keys that secrets are sealed with. */
@NullMarked
package io.sluice.integrations.security;

import org.jspecify.annotations.NullMarked;
