package io.personalive.training.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What an evaluation found.
 *
 * @param model   what was evaluated, in words; null for the baselines alone
 * @param clips   that drove themselves
 * @param pairs   of one clip's first frame and another that drove it
 * @param missing what wasn't measured for want of weights, by the metric's name, and what it takes
 * @param leftOut clips that couldn't be used, and why
 * @param notes   on how it was measured, by name
 */
public record EvaluationReport(String model, List<EvaluatedClip> clips, List<EvaluatedPair> pairs, Map<String, String> missing,
        Map<String, String> leftOut, Map<String, String> notes) {
    /** Means over clips. @param of some of {@link #clips} */
    Scores mean(Candidate candidate, List<EvaluatedClip> of) {
        return Scores.over(of.stream().map(clip -> clip.scores().get(candidate)).filter(Objects::nonNull).toList());
    }

    /** The third of the clips in which most moves, rounded up; most first. */
    List<EvaluatedClip> movingThird() {
        return clips.stream().sorted(Comparator.comparingDouble(EvaluatedClip::motion).reversed())
                .limit((clips.size() + 2) / 3).toList();
    }

    /** Means over all pairs. */
    Scores cross() {
        return Scores.over(pairs.stream().map(EvaluatedPair::scores).toList());
    }

    /** The means, in Markdown. */
    public String summary() {
        return ReportTables.summary(this);
    }

    /** The whole report, numbers with all digits. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("evaluated", model);
        putCandidates(json, clips);
        ObjectNode third = json.putObject("moving_third");
        putCandidates(third, movingThird());
        ArrayNode ids = third.putArray("clips");
        movingThird().forEach(clip -> ids.add(clip.id()));
        ArrayNode each = json.putArray("clips");
        for (EvaluatedClip clip : clips) {
            putCandidates(each.addObject().put("id", clip.id()).put("frames", clip.frames()), List.of(clip));
        }
        if (!pairs.isEmpty()) {
            ObjectNode cross = json.putObject("cross");
            cross.set("model", cross().toJson());
            ArrayNode list = cross.putArray("pairs");
            pairs.forEach(pair -> list.addObject().put("portrait", pair.portrait()).put("driver", pair.driver())
                    .put("frames", pair.frames()).set("model", pair.scores().toJson()));
        }
        put(json.putObject("missing"), missing);
        put(json.putObject("left_out"), leftOut);
        put(json.putObject("notes"), notes);
        return json;
    }

    private void putCandidates(ObjectNode json, List<EvaluatedClip> of) {
        if (model != null) {
            json.set(Candidate.MODEL.key(), mean(Candidate.MODEL, of).toJson());
        }
        ObjectNode baselines = json.putObject("baselines");
        for (Candidate candidate : candidates()) {
            if (candidate.isBaseline()) {
                baselines.set(candidate.key(), mean(candidate, of).toJson());
            }
        }
    }

    /** Those that were measured. */
    List<Metric> metrics() {
        return Stream.of(Metric.values()).filter(metric -> !missing.containsKey(metric.key())).toList();
    }

    /** Those that were run. */
    List<Candidate> candidates() {
        List<Candidate> run = new ArrayList<>();
        for (Candidate candidate : Candidate.values()) {
            if (candidate.isBaseline() || model != null) {
                run.add(candidate);
            }
        }
        return run;
    }

    private static void put(ObjectNode json, Map<String, String> lines) {
        lines.forEach(json::put);
    }
}
