/** Credentials for the systems that runs talk to; secrets go in and never come out. */
@NullMarked
package io.sluice.contract.connection;

import org.jspecify.annotations.NullMarked;
