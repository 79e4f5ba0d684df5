/**
 * The demo systems: a warehouse that speaks Unleashed's wire format, a shop that speaks WooCommerce's, and an echo.
 *
 * <p>They are peers to test the product against, so they share no code with it and follow the vendors' documents, odd
 * corners included. They listen on the loopback address only; everything they know is in one JSON file.
 */
@NullMarked
package io.sluice.local.demo;

import org.jspecify.annotations.NullMarked;
