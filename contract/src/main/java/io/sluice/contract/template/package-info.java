/** The library of templates and a tenant's own ones. */
@NullMarked
package io.sluice.contract.template;

import org.jspecify.annotations.NullMarked;
