/** The web pages, server-rendered; each form comes back as it was typed when something is wrong with it. */
@NullMarked
package io.sluice.integrations.ui;

import org.jspecify.annotations.NullMarked;
