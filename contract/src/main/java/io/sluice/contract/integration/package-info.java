/** Integrations: what a person owns, configures and switches on. */
@NullMarked
package io.sluice.contract.integration;

import org.jspecify.annotations.NullMarked;
