/** The calls that came in at webhooks, as their owners see them; ingress has them. */
@NullMarked
package io.sluice.integrations.traffic;

import org.jspecify.annotations.NullMarked;
