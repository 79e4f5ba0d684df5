/** The services that own runs, and how they are asked. */
@NullMarked
package io.sluice.integrations.owner;

import org.jspecify.annotations.NullMarked;
