/** Holds every answer against the published OpenAPI document. */
@NullMarked
package io.sluice.system.contract;

import org.jspecify.annotations.NullMarked;
