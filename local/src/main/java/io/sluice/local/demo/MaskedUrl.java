package io.sluice.local.demo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A webhook's URL as it may be shown: such URLs carry their secret in the path or the query. */
final class MaskedUrl {

    /** Words of a path are shorter, tokens with enough random bits are longer. */
    private static final int TOKEN_LENGTH = 20;

    private MaskedUrl() {}

    static String of(String url) {
        String bare = url.replaceFirst("^https?://", "");
        int query = bare.indexOf('?');
        String path = query < 0 ? bare : bare.substring(0, query);
        String masked = Arrays.stream(path.split("/", -1))
                .map(segment -> segment.length() < TOKEN_LENGTH || segment.contains(":")
                        ? segment
                        : segment.substring(0, 4) + "…")
                .collect(Collectors.joining("/"));
        return query < 0 ? masked : masked + "?…";
    }
}
