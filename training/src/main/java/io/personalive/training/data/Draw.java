package io.personalive.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws which pictures make a sample: a portrait, then one or more driving frames that follow each other, all of one
 * person and without a cut between. A pair is a sample with one driving frame.
 *
 * <p>Of several candidates one is taken the likelier, the further its portrait and its middle frame lie apart in time
 * and in expression: most random pairs of frames look the same.
 */
final class Draw {
    private static final int CANDIDATES = 8;
    /** Further apart than this many frames counts no more. */
    private static final double FAR = 50;
    /** What a candidate without any difference still weighs. */
    private static final double LEAST = 0.05;
    /** So many frames tell how far expressions differ. */
    private static final int MEASURED = 1_000_000;

    private final PackedDataset data;
    private final int frames;
    private final double stillShare;
    private final List<Shot> clips = new ArrayList<>();
    private final List<Shot> stills = new ArrayList<>();
    /** Running sum of the clips' frames: a long clip is drawn more often. */
    private final long[] ends;
    private final double[] deviation = new double[FaceLabels.EXPRESSION];

    /**
     * @param frames     driving frames of a sample
     * @param stillShare of samples that are made from a still, 0 to 1; without clips all are, without stills none
     * @throws IOException              if the labels can't be read
     * @throws IllegalArgumentException if the split holds nothing to draw from
     */
    Draw(PackedDataset data, String split, int frames, double stillShare) throws IOException {
        this.data = data;
        this.frames = frames;
        for (Shot shot : data.shots(split)) {
            if (!shot.isStill() && shot.frames() > frames) {
                clips.add(shot);
            } else if (shot.isStill() && frames == 1 && data.labels(shot.first()).valid()) {
                stills.add(shot);
            }
        }
        if (clips.isEmpty() && stills.isEmpty()) {
            throw new IllegalArgumentException("the split '" + split + "' holds no clip of more than " + frames + " frames"
                    + (frames == 1 ? " and no still" : "") + ": prepare more data, or name another split");
        }
        this.stillShare = clips.isEmpty() ? 1 : stills.isEmpty() ? 0 : stillShare;
        ends = new long[clips.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += clips.get(i).frames();
            ends[i] = end;
        }
        measureDeviation();
    }

    /** Of all frames, or of as many, evenly spread, where there are more. */
    private void measureDeviation() throws IOException {
        int every = clips.isEmpty() ? 1 : 1 + (int) (ends[ends.length - 1] / MEASURED);
        double[] sum = new double[FaceLabels.EXPRESSION];
        double[] squares = new double[FaceLabels.EXPRESSION];
        long count = 0;
        for (Shot shot : clips) {
            for (int row = shot.first(); row < shot.first() + shot.frames(); row += every) {
                float[] expression = data.labels(row).expression();
                count++;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += expression[i];
                    squares[i] += expression[i] * expression[i];
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            double mean = count == 0 ? 0 : sum[i] / count;
            deviation[i] = Math.max(1e-6, count == 0 ? 1 : Math.sqrt(Math.max(0, squares[i] / count - mean * mean)));
        }
    }

    /** @return rows of the packed data: the portrait, then the driving frames in order; twice the same for a still */
    int[] rows(SplittableRandom random) throws IOException {
        if (random.nextDouble() < stillShare) {
            int row = stills.get(random.nextInt(stills.size())).first();
            return new int[] {row, row};
        }
        Shot clip = clip(random.nextLong(ends[ends.length - 1]));
        int[][] candidates = new int[CANDIDATES][];
        double[] upTo = new double[CANDIDATES];
        double total = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            candidates[i] = new int[] {clip.first() + random.nextInt(clip.frames()), clip.first() + random.nextInt(clip.frames() - frames + 1)};
            total += weight(candidates[i][0], candidates[i][1] + frames / 2);
            upTo[i] = total;
        }
        double at = random.nextDouble() * total;
        int taken = 0;
        while (taken < CANDIDATES - 1 && upTo[taken] <= at) {
            taken++;
        }
        int[] rows = new int[1 + frames];
        rows[0] = candidates[taken][0];
        for (int i = 0; i < frames; i++) {
            rows[1 + i] = candidates[taken][1] + i;
        }
        return rows;
    }

    /** Whether rows that were drawn are those of a still. */
    boolean isStill(int[] rows) {
        return rows.length == 2 && rows[0] == rows[1];
    }

    private Shot clip(long frame) {
        int at = Arrays.binarySearch(ends, frame + 1);
        return clips.get(at >= 0 ? at : -at - 1);
    }

    /** Of a pair of frames; next to nothing where one of them has no valid labels. */
    private double weight(int portrait, int driving) throws IOException {
        FaceLabels from = data.labels(portrait);
        FaceLabels to = data.labels(driving);
        if (!from.valid() || !to.valid()) {
            return 1e-9;
        }
        double square = 0;
        for (int i = 0; i < deviation.length; i++) {
            double difference = (from.expression()[i] - to.expression()[i]) / deviation[i];
            square += difference * difference / deviation.length;
        }
        return LEAST + Math.sqrt(square) + Math.min(1, Math.abs(portrait - driving) / FAR);
    }
}
