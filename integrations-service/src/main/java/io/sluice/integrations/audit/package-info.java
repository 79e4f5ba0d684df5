/** Who changed what, and how it was before. */
@NullMarked
package io.sluice.integrations.audit;

import org.jspecify.annotations.NullMarked;
