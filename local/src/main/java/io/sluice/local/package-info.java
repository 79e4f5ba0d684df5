/**
 * The local stack: embedded PostgreSQL, Keycloak, the three packaged services and the demo systems, as one thing that
 * starts, fails and ends together. {@code ./sluice up} runs it by {@link io.sluice.local.Launcher}; the system tests
 * drive {@link io.sluice.local.LocalStack} as a library. For development and tests only: users and client secrets are
 * public, and everything listens on 127.0.0.1.
 */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
