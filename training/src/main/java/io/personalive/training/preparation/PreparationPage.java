package io.personalive.training.preparation;

import io.personalive.training.page.HtmlText;
import io.personalive.training.preparation.PreparedPart.Piece;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was kept and dropped, and why, as a page with pictures. */
final class PreparationPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Prepared videos</title>
            <style>
            body { font-family: sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em; color: #222; background: #fff; }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { padding: 0.2em 0.8em; text-align: right; border-bottom: 1px solid #ccc; }
            th:first-child, td:first-child { text-align: left; }
            figure { display: inline-block; margin: 0.3em; font-size: 80%; vertical-align: top; }
            figure img { height: 96px; display: block; }
            .dropped img { opacity: 0.6; }
            </style></head><body>
            <h1>Prepared videos</h1>
            """;

    private final Path output;
    private final StringBuilder page = new StringBuilder(HEAD);

    private PreparationPage(Path output) {
        this.output = output;
    }

    /** @param output where the page will be */
    static String html(Path output, List<PreparedPart> parts) {
        PreparationPage page = new PreparationPage(output);
        page.totals(parts);
        parts.forEach(page::part);
        return page.page.append("</body></html>\n").toString();
    }

    private void totals(List<PreparedPart> parts) {
        Map<String, double[]> dropped = new TreeMap<>();
        double[] kept = new double[2];
        int failed = 0;
        for (PreparedPart part : parts) {
            part.kept().forEach(piece -> count(kept, piece));
            part.dropped().forEach(piece -> count(dropped.computeIfAbsent(piece.reason(), any -> new double[2]), piece));
            failed += part.failure() == null ? 0 : 1;
        }
        page.append("<table>\n<tr><th>").append(parts.size()).append(" videos</th><th>pieces</th><th>seconds</th></tr>\n");
        row("kept", kept);
        dropped.forEach((reason, sums) -> row("dropped: " + reason, sums));
        page.append("</table>\n");
        if (failed > 0) {
            page.append("<p>Of ").append(failed).append(" videos nothing could be made; they are named below.</p>\n");
        }
    }

    private static void count(double[] sums, Piece piece) {
        sums[0]++;
        sums[1] += piece.seconds();
    }

    private void row(String name, double[] sums) {
        page.append(String.format(Locale.ROOT, "<tr><td>%s</td><td>%.0f</td><td>%.1f</td></tr>%n", HtmlText.escaped(name), sums[0], sums[1]));
    }

    private void part(PreparedPart part) {
        page.append("<h2>").append(HtmlText.escaped(part.source())).append("</h2>\n");
        if (part.failure() != null) {
            page.append("<p>Nothing could be made of it: ").append(HtmlText.escaped(part.failure())).append("</p>\n");
        }
        part.kept().forEach(piece -> figure(part, piece, "kept", piece.id()));
        part.dropped().forEach(piece -> figure(part, piece, "dropped", piece.reason()));
    }

    private void figure(PreparedPart part, Piece piece, String kind, String words) {
        Path picture = part.picture(piece);
        page.append("<figure class=\"").append(kind).append("\">");
        if (Files.exists(picture)) {
            page.append("<img loading=\"lazy\" alt=\"\" src=\"").append(HtmlText.address(output.relativize(picture))).append("\">");
        }
        page.append(HtmlText.escaped(String.format(Locale.ROOT, "%s, from %.1f s, %.1f s long", words, piece.begin(), piece.seconds()))).append("</figure>\n");
    }
}
