package io.personalive.training.evaluation;

import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Scope;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.evaluation.MotionYardstick.Motion;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Compares candidates' frames with a clip's own, frame by frame. Used by one thread. */
final class ClipComparison {
    /** Frames whose motion is read together. */
    private static final int TOGETHER = 8;

    private final MotionYardstick yardstick;
    private final Map<Candidate, Scores> scores = new EnumMap<>(Candidate.class);
    private final List<BufferedImage> truths = new ArrayList<>();
    private final Map<Candidate, List<BufferedImage>> unread = new EnumMap<>(Candidate.class);
    /** Of the portrait, which is the same in every frame. */
    private final Map<BufferedImage, Motion> known = new IdentityHashMap<>();
    private BufferedImage truthBefore;
    private Map<Candidate, BufferedImage> madeBefore = Map.of();
    private long compared;

    /** @param yardstick null where there is none */
    ClipComparison(MotionYardstick yardstick) {
        this.yardstick = yardstick;
    }

    /** Takes note of a frame that isn't compared, but that the next one is compared with in time. */
    void pass(BufferedImage truth, Map<Candidate, BufferedImage> made) {
        truthBefore = truth;
        madeBefore = made;
    }

    /**
     * @param truth square
     * @param made  of the truth's size
     * @param face  of the truth; null where it isn't known
     */
    void compare(BufferedImage truth, Map<Candidate, BufferedImage> made, FaceLabels face) {
        Map<Region, Rectangle> boxes = new EnumMap<>(Region.class);
        for (Region region : Region.values()) {
            region.box(face, truth.getWidth()).ifPresent(box -> boxes.put(region, box));
        }
        try (Scope scope = new Scope()) {
            Tensor wanted = unit(truth), wantedBefore = truthBefore == null ? null : unit(truthBefore);
            made.forEach((candidate, picture) -> {
                Tensor before = madeBefore.containsKey(candidate) ? unit(madeBefore.get(candidate)) : null;
                boxes.forEach((region, box) -> pictures(scores(candidate), region, box, unit(picture), wanted, before, wantedBefore));
            });
        }
        compared++;
        if (yardstick != null) {
            truths.add(truth);
            made.forEach((candidate, picture) -> unread.computeIfAbsent(candidate, any -> new ArrayList<>()).add(picture));
            if (truths.size() == TOGETHER) {
                readMotion();
            }
        }
        pass(truth, made);
    }

    /** How many frames were compared. */
    long compared() {
        return compared;
    }

    /** Says which picture comes again and again: its motion is read once. */
    void repeats(BufferedImage portrait) {
        if (yardstick != null) {
            known.put(portrait, yardstick.read(List.of(portrait)).get(0));
        }
    }

    Map<Candidate, Scores> finish() {
        if (!truths.isEmpty()) {
            readMotion();
        }
        return scores;
    }

    private static void pictures(Scores to, Region region, Rectangle box, Tensor made, Tensor wanted, Tensor madeBefore, Tensor wantedBefore) {
        try (Scope scope = new Scope()) {
            Tensor picture = cut(made, box), truth = cut(wanted, box);
            to.add(region, Metric.L1, PictureDistance.l1(picture, truth).item_double());
            to.add(region, Metric.PSNR, PictureDistance.psnr(picture, truth).item_double());
            to.add(region, Metric.SSIM, PictureDistance.ssim(picture, truth).item_double());
            if (madeBefore != null && wantedBefore != null) {
                double change = PictureDistance.l1(picture, cut(madeBefore, box)).item_double();
                double trueChange = PictureDistance.l1(truth, cut(wantedBefore, box)).item_double();
                to.add(region, Metric.TEMPORAL, Math.abs(change - trueChange));
            }
        }
    }

    private void readMotion() {
        List<Motion> wanted = yardstick.read(truths);
        unread.forEach((candidate, pictures) -> {
            boolean repeated = pictures.stream().allMatch(known::containsKey);
            List<Motion> made = repeated ? pictures.stream().map(known::get).toList() : yardstick.read(pictures);
            for (int i = 0; i < wanted.size(); i++) {
                scores(candidate).addMotion(made.get(i), wanted.get(i));
            }
        });
        truths.clear();
        unread.clear();
    }

    private Scores scores(Candidate candidate) {
        return scores.computeIfAbsent(candidate, any -> new Scores());
    }

    private static Tensor cut(Tensor picture, Rectangle box) {
        return picture.narrow(2, box.y, box.height).narrow(3, box.x, box.width);
    }

    /** @return (1, 3, s, s) in [0, 1] */
    private static Tensor unit(BufferedImage picture) {
        return Frames.toSigned(List.of(picture)).add(new Scalar(1)).div(new Scalar(2));
    }
}
