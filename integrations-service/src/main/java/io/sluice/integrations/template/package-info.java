/** The library and tenants' own templates. */
@NullMarked
package io.sluice.integrations.template;

import org.jspecify.annotations.NullMarked;
