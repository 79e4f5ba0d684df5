package io.sluice.integrations.ui;

import java.util.List;

/**
 * A field of a form, drawn from a JSON Schema.
 *
 * @param type of the input: {@code text}, {@code url}, {@code number}, {@code checkbox}, {@code select} or {@code json}
 * @param error empty when nothing is wrong
 */
public record Field(
        String name,
        String label,
        String help,
        String type,
        boolean required,
        String value,
        String placeholder,
        List<String> options,
        String error) {

    public boolean isChecked() {
        return value.equals("true");
    }
}
