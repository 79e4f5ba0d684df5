/** A real browser, as a person would use it. */
@NullMarked
package io.sluice.system.browser;

import org.jspecify.annotations.NullMarked;
