/** Integrations and their webhooks: what a person owns and switches on. */
@NullMarked
package io.sluice.integrations.integration;

import org.jspecify.annotations.NullMarked;
