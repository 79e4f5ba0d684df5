/** Quarkus at the rim: configuration, beans, and the runs API that both trigger services serve. */
@NullMarked
package io.sluice.run.api;

import org.jspecify.annotations.NullMarked;
