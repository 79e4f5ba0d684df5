/** Black-box tests of the public and the internal API. */
package io.sluice.integrations.api;
