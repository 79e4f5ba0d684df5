/** Takes calls in: checks them, stores them, answers. Runs start later, from the store. */
@NullMarked
package io.sluice.ingress.intake;

import org.jspecify.annotations.NullMarked;
