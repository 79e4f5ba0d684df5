package io.sluice.contract;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor opaque; pass it as {@code cursor} to get the next page, null on the last one
 */
public record Page<T>(
        List<T> items, @Schema(nullable = true) @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
