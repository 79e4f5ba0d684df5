/** The internal API, from outside. */
package io.sluice.scheduler.runs;
