/** What became of each instant: read, kept for its time, and watched. */
@NullMarked
package io.sluice.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
