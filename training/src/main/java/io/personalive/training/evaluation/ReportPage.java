package io.personalive.training.evaluation;

import io.personalive.training.page.HtmlText;
import java.nio.file.Path;
import java.util.List;

/** A report as a page to look at: the tables, and the clips' videos, those first in which most moves. */
final class ReportPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
            <style>
            body { font-family: sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; color: #222; background: #fff; }
            table { border-collapse: collapse; margin: 0.5em 0 1.5em; }
            th, td { padding: 0.2em 0.8em; text-align: right; border-bottom: 1px solid #ccc; }
            th:first-child, td:first-child { text-align: left; }
            video { width: 100%%; background: #eee; }
            figure { margin: 1.5em 0; }
            </style></head><body>
            <h1>%1$s</h1>
            """;

    private ReportPage() {}

    /** @param videos the folder of the videos, as the page names it */
    static String html(EvaluationReport report, String videos) {
        StringBuilder page = new StringBuilder(HEAD.formatted("Evaluation of " + (report.model() == null ? "the baselines" : HtmlText.escaped(report.model()))));
        ReportTables.of(report).forEach(table -> table(page, table));
        page.append("<ul>\n");
        ReportTables.lines(report).forEach(line -> page.append("<li>").append(HtmlText.escaped(line)).append("</li>\n"));
        page.append("</ul>\n<h2>Side by side</h2>\n<p>From left to right: the portrait, the truth, ")
                .append(report.model() == null ? "" : "the model, ").append("the warp by head pose alone.</p>\n");
        report.clips().stream().sorted((a, b) -> Double.compare(b.motion(), a.motion()))
                .forEach(clip -> video(page, videos, clip.id(), clip.id() + ", " + clip.frames() + " frames"));
        if (!report.pairs().isEmpty()) {
            page.append("<h2>Driven by another person</h2>\n<p>From left to right: the portrait, the driver, the model.</p>\n");
            report.pairs().forEach(pair -> video(page, videos, pair.id(), pair.portrait() + ", driven by " + pair.driver()));
        }
        return page.append("</body></html>\n").toString();
    }

    private static void table(StringBuilder page, ReportTables.Table table) {
        page.append("<h2>").append(HtmlText.escaped(table.title())).append("</h2>\n<table>\n");
        List<List<String>> rows = table.rows();
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th" : "td";
            page.append("<tr>");
            rows.get(i).forEach(text -> page.append("<" + cell + ">").append(HtmlText.escaped(text)).append("</" + cell + ">"));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static void video(StringBuilder page, String videos, String id, String caption) {
        page.append("<figure><video controls loop muted preload=\"none\" src=\"").append(HtmlText.address(Path.of(videos, id + ".mp4")))
                .append("\"></video><figcaption>").append(HtmlText.escaped(caption)).append("</figcaption></figure>\n");
    }
}
