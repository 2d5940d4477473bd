package io.personalive.training.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Means of metrics in regions. What wasn't measured has none. */
public final class Scores {
    private final Map<Region, Map<Metric, double[]>> sums = new EnumMap<>(Region.class);

    /** Takes one frame's, or one clip's, value into the mean. */
    void add(Region region, Metric metric, double value) {
        double[] sum = sums.computeIfAbsent(region, any -> new EnumMap<>(Metric.class)).computeIfAbsent(metric, any -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    /** Takes in how far one frame's expression and pose are from the wanted ones. */
    void addMotion(Motion made, Motion wanted) {
        for (Region region : Region.values()) {
            add(region, Metric.EXPRESSION, made.expressionFrom(wanted, region));
            add(region, Metric.POSE_DEGREES, made.degreesFrom(wanted));
        }
    }

    /** The mean; empty if nothing was measured. */
    public OptionalDouble mean(Region region, Metric metric) {
        double[] sum = sums.getOrDefault(region, Map.of()).get(metric);
        return sum == null ? OptionalDouble.empty() : OptionalDouble.of(sum[0] / sum[1]);
    }

    /** The mean of clips, each counting once however long it is. */
    static Scores over(Collection<Scores> clips) {
        Scores all = new Scores();
        for (Scores clip : clips) {
            for (Region region : Region.values()) {
                for (Metric metric : Metric.values()) {
                    clip.mean(region, metric).ifPresent(mean -> all.add(region, metric, mean));
                }
            }
        }
        return all;
    }

    /** Every metric of the whole picture, those of the other regions inside; null for what wasn't measured. */
    ObjectNode toJson() {
        ObjectNode json = of(Region.PICTURE);
        for (Region region : Region.values()) {
            if (region != Region.PICTURE) {
                json.set(region.key(), of(region));
            }
        }
        return json;
    }

    private ObjectNode of(Region region) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Metric metric : Metric.values()) {
            if (region != Region.PICTURE && !metric.inParts()) {
                continue;
            }
            OptionalDouble mean = mean(region, metric);
            json.put(metric.key(), mean.isPresent() ? (Double) mean.getAsDouble() : null);
        }
        return json;
    }
}
