package io.personalive.training.evaluation;

import io.personalive.media.image.SideBySide;
import io.personalive.media.video.VideoWriter;
import io.personalive.training.data.FaceLabels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A clip that drives its own first frame: the baselines are made, all are compared and shown. Used by one thread. */
final class SelfReenactment implements AutoCloseable {
    private final BufferedImage portrait;
    private final FaceSight faces;
    private final int every;
    private final VideoWriter shown;
    private final ClipComparison comparison;
    private final PoseWarp warp;
    private BufferedImage lastWarp;
    private int frames;

    /**
     * @param portrait   the first frame, square
     * @param yardsticks what candidates are compared by
     * @param every      only every so many frames are compared
     * @param shown      takes a row of {@link #panels} for each frame that is compared; closed with this
     */
    SelfReenactment(BufferedImage portrait, FaceSight faces, Yardsticks yardsticks, int every, VideoWriter shown) {
        this.portrait = portrait;
        this.faces = faces;
        this.every = every;
        this.shown = shown;
        comparison = new ClipComparison(yardsticks, portrait);
        FaceLabels face = faces.face(0, portrait);
        warp = face == null ? null : new PoseWarp(portrait, face);
        lastWarp = portrait;
    }

    /** What stands side by side, as far as it is there: the portrait, the truth, then the candidates. */
    static int panels(boolean model) {
        return model ? 4 : 3;
    }

    /** @param made the model's answer to it; null where there is no model */
    void frame(BufferedImage truth, BufferedImage made) {
        boolean compared = frames > 0 && (frames - 1) % every == 0, before = frames % every == 0;
        if (compared || before) {
            take(truth, made, compared);
        }
        frames++;
    }

    private void take(BufferedImage truth, BufferedImage made, boolean compared) {
        FaceLabels face = faces.face(frames, truth);
        Map<Candidate, BufferedImage> candidates = new EnumMap<>(Candidate.class);
        candidates.put(Candidate.PORTRAIT, portrait);
        if (made != null) {
            candidates.put(Candidate.MODEL, made);
        }
        if (warp != null) {
            // where the pose isn't known the head stays as it was
            lastWarp = face == null ? lastWarp : warp.frame(face);
            candidates.put(Candidate.WARP, lastWarp);
        }
        if (compared) {
            show(truth, made);
            comparison.compare(truth, candidates, face);
        } else {
            comparison.pass(truth, candidates);
        }
    }

    private void show(BufferedImage truth, BufferedImage made) {
        List<BufferedImage> row = new ArrayList<>(List.of(portrait, truth));
        if (made != null) {
            row.add(made);
        }
        row.add(lastWarp);
        shown.write(SideBySide.of(truth.getWidth(), truth.getHeight(), row.toArray(BufferedImage[]::new)));
    }

    /**
     * Completes the video.
     *
     * @throws io.personalive.media.MediaException if there was no frame to compare
     */
    EvaluatedClip finish(String id) {
        shown.close();
        return new EvaluatedClip(id, comparison.compared(), comparison.scores());
    }

    @Override
    public void close() {
        shown.abort();
        if (warp != null) {
            warp.close();
        }
    }
}
