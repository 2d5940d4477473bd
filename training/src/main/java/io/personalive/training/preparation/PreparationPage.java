package io.personalive.training.preparation;

import io.personalive.training.page.HtmlText;
import io.personalive.training.preparation.PreparedPart.Piece;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was kept and dropped, and why, as a page with pictures. */
final class PreparationPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Prepared videos</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1.2em; color: #1f2328; background: #fafafa; }
            h1 { margin: 0 0 0.6em; }
            h2 { font-size: 1.05em; margin: 0; overflow-wrap: anywhere; }
            table { border-collapse: collapse; margin: 1.2em 0; background: #fff; }
            th, td { padding: 0.35em 1em; text-align: right; border-bottom: 1px solid #e3e6ea; font-variant-numeric: tabular-nums; }
            th:first-child, td:first-child { text-align: left; }
            .bar { display: flex; height: 1.1em; border-radius: 0.3em; overflow: hidden; background: #e3e6ea; }
            .bar .kept, .key.kept { background: #2e8b57; }
            .bar .dropped, .key.dropped { background: #d9822b; border-left: 1px solid #fff; }
            .key { display: inline-block; width: 0.75em; height: 0.75em; border-radius: 0.15em; margin-right: 0.5em; }
            main { display: grid; grid-template-columns: repeat(auto-fill, minmax(27em, 1fr)); gap: 0.9em; margin: 1em 0; }
            section { background: #fff; border: 1px solid #e3e6ea; border-radius: 0.5em; padding: 0.9em 1.1em; }
            .wide { grid-column: 1 / -1; }
            .sum { color: #59636e; margin: 0.1em 0 0.6em; }
            .failed { border-color: #cf222e; }
            .sum b, li b { color: #a40e26; }
            .pieces { display: flex; flex-wrap: wrap; gap: 0.8em; }
            figure { margin: 0; width: min-content; }
            figure img { height: 96px; display: block; border-radius: 0.25em; background: #e3e6ea; }
            figcaption { font-size: 12px; min-width: 128px; padding: 0.3em 0 0; border-top: 3px solid #2e8b57; margin-top: 0.3em; }
            .dropped figcaption { border-color: #d9822b; }
            .dropped img { filter: saturate(0.35); opacity: 0.75; }
            figcaption span { color: #59636e; display: block; }
            </style></head><body>
            <h1>Prepared videos</h1>
            """;

    /** A video of no more pieces shares its row with another. */
    private static final int BESIDE_ANOTHER = 2;

    /** How many pieces, and how many seconds they last. */
    private record Sum(int pieces, double seconds) {
        static final Sum NONE = new Sum(0, 0);

        static Sum of(List<Piece> list) {
            return list.stream().map(piece -> new Sum(1, piece.seconds())).reduce(NONE, Sum::plus);
        }

        Sum plus(Sum other) {
            return new Sum(pieces + other.pieces, seconds + other.seconds);
        }
    }

    private final Path output;
    private final List<PreparedPart> parts;
    private final StringBuilder page = new StringBuilder(HEAD);

    private PreparationPage(Path output, List<PreparedPart> parts) {
        this.output = output;
        this.parts = parts;
    }

    /** @param output where the page will be */
    static String html(Path output, List<PreparedPart> parts) {
        PreparationPage page = new PreparationPage(output, parts);
        page.totals();
        page.failures();
        page.page.append("<main>\n");
        parts.forEach(page::part);
        return page.page.append("</main></body></html>\n").toString();
    }

    private void totals() {
        Sum kept = Sum.NONE;
        Map<String, Sum> dropped = new TreeMap<>();
        for (PreparedPart part : parts) {
            kept = kept.plus(Sum.of(part.kept()));
            part.dropped().forEach(piece -> dropped.merge(piece.reason(), Sum.of(List.of(piece)), Sum::plus));
        }
        List<Map.Entry<String, Sum>> reasons = new ArrayList<>(dropped.entrySet());
        reasons.sort(Map.Entry.comparingByValue(Comparator.comparingDouble(Sum::seconds).reversed()));
        double all = kept.seconds() + reasons.stream().mapToDouble(reason -> reason.getValue().seconds()).sum();
        page.append("<div class=\"bar\">");
        bar("kept", "kept", kept, all);
        reasons.forEach(reason -> bar("dropped", reason.getKey(), reason.getValue(), all));
        page.append("</div>\n<table>\n<tr><th>").append(counted(parts.size(), "video")).append("</th><th>pieces</th><th>time</th><th>share</th></tr>\n");
        row("kept", "kept", kept, all);
        reasons.forEach(reason -> row("dropped", "dropped: " + reason.getKey(), reason.getValue(), all));
        page.append("</table>\n");
    }

    private void bar(String kind, String name, Sum sum, double all) {
        if (sum.seconds() > 0) {
            page.append(String.format(Locale.ROOT, "<div class=\"%s\" style=\"width: %.2f%%\" title=\"%s\"></div>", kind, 100 * sum.seconds() / all,
                    HtmlText.escaped(name)));
        }
    }

    private void row(String kind, String name, Sum sum, double all) {
        page.append(String.format(Locale.ROOT, "<tr><td><i class=\"key %s\"></i>%s</td><td>%d</td><td>%s</td><td>%.0f %%</td></tr>\n", kind,
                HtmlText.escaped(name), sum.pieces(), time(sum.seconds()), all > 0 ? 100 * sum.seconds() / all : 0));
    }

    private void failures() {
        List<PreparedPart> failed = parts.stream().filter(part -> part.failure() != null).toList();
        if (!failed.isEmpty()) {
            page.append("<section class=\"failed\"><h2>").append(counted(failed.size(), "file")).append(" of which nothing could be made</h2>\n<ul>\n");
            failed.forEach(part -> page.append("<li><b>").append(HtmlText.escaped(part.source())).append("</b>: ")
                    .append(HtmlText.escaped(part.failure())).append("</li>\n"));
            page.append("</ul></section>\n");
        }
    }

    private void part(PreparedPart part) {
        if (part.failure() != null) {
            return; // named above
        }
        Sum kept = Sum.of(part.kept()), dropped = Sum.of(part.dropped());
        page.append(kept.pieces() + dropped.pieces() > BESIDE_ANOTHER ? "<section class=\"wide\">" : "<section>").append("<h2>")
                .append(HtmlText.escaped(part.source())).append("</h2>\n<p class=\"sum\">").append(counted(kept.pieces(), "clip"))
                .append(" kept").append(lasting(kept)).append("; ").append(counted(dropped.pieces(), "piece")).append(" dropped")
                .append(lasting(dropped)).append(part.cutOff() ? "; <b>the file is cut off or damaged and was read up to there</b>" : "")
                .append("</p>\n<div class=\"pieces\">\n");
        part.kept().forEach(piece -> figure(part, piece, "kept", piece.id()));
        part.dropped().forEach(piece -> figure(part, piece, "dropped", piece.reason()));
        page.append("</div></section>\n");
    }

    private void figure(PreparedPart part, Piece piece, String kind, String words) {
        Path picture = part.picture(piece);
        page.append("<figure class=\"").append(kind).append("\">");
        if (Files.exists(picture)) {
            page.append("<img loading=\"lazy\" alt=\"\" src=\"").append(HtmlText.address(output.relativize(picture))).append("\">");
        }
        page.append("<figcaption>").append(HtmlText.escaped(words)).append("<span>").append(time(piece.begin())).append(" to ")
                .append(time(piece.begin() + piece.seconds())).append("</span></figcaption></figure>\n");
    }

    private static String lasting(Sum sum) {
        return sum.pieces() == 0 ? "" : ", " + time(sum.seconds());
    }

    private static String counted(int count, String name) {
        return count + " " + name + (count == 1 ? "" : "s");
    }

    /** Hours, minutes and seconds, as far as there are any. */
    private static String time(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600 ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
