package io.personalive.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report's numbers as tables of text. */
final class ReportTables {
    /** @param title above it. @param rows the first holds the columns' names */
    record Table(String title, List<List<String>> rows) {}

    private ReportTables() {}

    /** All of a report's: means, in mouth and eyes too, of the moving third, of each clip, of pairs. */
    static List<Table> of(EvaluationReport report) {
        List<Table> tables = new ArrayList<>();
        for (Region region : Region.values()) {
            String where = region == Region.PICTURE ? "" : ", in the " + region.key() + " box";
            tables.add(means(report, region, "Mean over " + report.clips().size() + " clips" + where, report.clips()));
        }
        tables.add(means(report, Region.PICTURE, "The third in which most moves", report.movingThird()));
        tables.add(clips(report));
        if (!report.pairs().isEmpty()) {
            tables.add(pairs(report));
        }
        return tables;
    }

    private static Table means(EvaluationReport report, Region region, String title, List<EvaluatedClip> clips) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(""));
        List<Metric> metrics = report.metrics().stream().filter(metric -> region == Region.PICTURE || metric.inParts()).toList();
        metrics.forEach(metric -> names.add(metric.title()));
        rows.add(names);
        for (Candidate candidate : report.candidates()) {
            List<String> row = new ArrayList<>(List.of(candidate.key()));
            Scores mean = report.mean(candidate, clips);
            metrics.forEach(metric -> row.add(text(mean.mean(region, metric), metric)));
            rows.add(row);
        }
        return new Table(title, rows);
    }

    private static Table clips(EvaluationReport report) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("clip", "frames"));
        for (Candidate candidate : report.candidates()) {
            names.add(candidate.key() + " L1");
            names.add(candidate.key() + " SSIM");
        }
        rows.add(names);
        for (EvaluatedClip clip : report.clips()) {
            List<String> row = new ArrayList<>(List.of(clip.id(), Long.toString(clip.frames())));
            for (Candidate candidate : report.candidates()) {
                Scores scores = clip.scores().getOrDefault(candidate, new Scores());
                row.add(text(scores.mean(Region.PICTURE, Metric.L1), Metric.L1));
                row.add(text(scores.mean(Region.PICTURE, Metric.SSIM), Metric.SSIM));
            }
            rows.add(row);
        }
        return new Table("Clips", rows);
    }

    private static Table pairs(EvaluationReport report) {
        List<Metric> metrics = new ArrayList<>(List.of(Metric.EXPRESSION, Metric.POSE_DEGREES, Metric.ID_SIM));
        metrics.retainAll(report.metrics());
        List<List<String>> rows = new ArrayList<>();
        rows.add(pair("portrait", "driver", "frames", metrics, Metric::title));
        for (EvaluatedPair pair : report.pairs()) {
            rows.add(pair(pair.portrait(), pair.driver(), Long.toString(pair.frames()), metrics,
                    metric -> text(pair.scores().mean(Region.PICTURE, metric), metric)));
        }
        rows.add(pair("mean", "", "", metrics, metric -> text(report.cross().mean(Region.PICTURE, metric), metric)));
        return new Table("Driven by another person (" + report.pairs().size() + " pairs)", rows);
    }

    private static List<String> pair(String portrait, String driver, String frames, List<Metric> metrics, Function<Metric, String> cell) {
        List<String> row = new ArrayList<>(List.of(portrait, driver, frames));
        metrics.forEach(metric -> row.add(cell.apply(metric)));
        return row;
    }

    private static String text(OptionalDouble value, Metric metric) {
        return value.isPresent() ? String.format(Locale.ROOT, "%." + metric.digits() + "f", value.getAsDouble()) : "-";
    }

    /** A report in Markdown. */
    static String markdown(EvaluationReport report) {
        StringBuilder text = new StringBuilder("# Evaluation of " + (report.model() == null ? "the baselines" : report.model()) + "\n");
        for (Table table : of(report)) {
            text.append("\n## ").append(table.title).append("\n\n").append(markdown(table));
        }
        text.append("\n## Notes\n\n");
        lines(report).forEach(line -> text.append("* ").append(line).append("\n"));
        return text.toString();
    }

    /** The means over all clips. */
    static String summary(EvaluationReport report) {
        return markdown(of(report).get(0));
    }

    private static String markdown(Table table) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < table.rows.size(); i++) {
            text.append("| ").append(String.join(" | ", table.rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|").append(" --- |".repeat(table.rows.get(0).size())).append("\n");
            }
        }
        return text.toString();
    }

    /** What else there is to say. */
    static List<String> lines(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        report.notes().forEach((name, note) -> lines.add(name + ": " + note));
        report.missing().forEach((name, note) -> lines.add(name + ": " + note));
        report.leftOut().forEach((name, why) -> lines.add("left out: " + name + ": " + why));
        return lines.stream().map(line -> line.lines().collect(Collectors.joining(" "))).toList();
    }
}
