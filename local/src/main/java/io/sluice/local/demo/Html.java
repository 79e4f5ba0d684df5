package io.sluice.local.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pieces of the demo's pages. What comes from outside passes {@link #text}; everything else here is markup. */
final class Html {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Html() {}

    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String time(Instant instant) {
        return "<time datetime=\"" + DemoJson.text(instant) + "\">" + TIME.format(instant) + " UTC</time>";
    }

    static String mono(String raw) {
        return "<code>" + text(raw) + "</code>";
    }

    /** A state in a word, with a colour beside it. */
    static String pill(String kind, String word) {
        return "<span class=\"pill " + kind + "\">" + text(word) + "</span>";
    }

    /** A table, or the sentence that stands for its being empty. Rows are cells of markup. */
    static String table(String caption, List<String> heads, List<List<String>> rows, String empty) {
        if (rows.isEmpty()) {
            return "<p class=\"empty\">" + text(empty) + "</p>\n";
        }
        String head = heads.stream()
                .map(name -> "<th scope=\"col\">" + text(name) + "</th>")
                .collect(Collectors.joining());
        String body = rows.stream()
                .map(row -> "<tr><td>" + String.join("</td><td>", row) + "</td></tr>\n")
                .collect(Collectors.joining());
        return """
            <div class="scroll"><table><caption>%s</caption>
            <thead><tr>%s</tr></thead>
            <tbody>
            %s</tbody></table></div>
            """.formatted(text(caption), head, body);
    }

    static String page(String title, String body) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <link rel="stylesheet" href="/demo.css">
            </head>
            <body>
            <main>
            %s</main>
            </body>
            </html>
            """.formatted(text(title), body);
    }
}
