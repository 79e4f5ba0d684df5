/** Black-box tests of the packaged services against the contract, and the rules of the modules. */
@NullMarked
package io.sluice.system;

import org.jspecify.annotations.NullMarked;
