package io.sluice.integrations.ui;

import io.quarkus.qute.TemplateExtension;
import java.util.Locale;

/** For templates. */
@TemplateExtension
final class Texts {

    private Texts() {}

    /** The word as it begins a sentence. */
    static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
