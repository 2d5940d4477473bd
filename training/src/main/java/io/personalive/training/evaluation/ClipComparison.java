package io.personalive.training.evaluation;

import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Scope;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.identity.FaceRecognition;
import io.personalive.training.losses.Lpips;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Compares candidates' frames with a clip's own, frame by frame. Used by one thread. */
final class ClipComparison {
    private final Yardsticks yardsticks;
    private final Map<Candidate, Scores> scores = new EnumMap<>(Candidate.class);
    private final BufferedImage portrait;
    private final Motion portraitMotion;
    private final Optional<float[]> portraitIdentity;
    private BufferedImage truthBefore;
    private Map<Candidate, BufferedImage> madeBefore = Map.of();
    private long compared;

    /** @param portrait one of the candidates comes with it again and again */
    ClipComparison(Yardsticks yardsticks, BufferedImage portrait) {
        this.yardsticks = yardsticks;
        this.portrait = portrait;
        portraitMotion = motion(portrait);
        portraitIdentity = portraitMotion.face().valid() ? yardsticks.identity(portrait, portraitMotion) : Optional.empty();
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
        yardsticks.lpips().ifPresent(lpips -> looks(lpips, truth, made));
        compared++;
        Motion wantedMotion = motion(truth);
        if (wantedMotion.face().valid()) {
            // where nothing is found in a made picture, what the network took for a face counts all the same
            made.forEach((candidate, picture) -> {
                Motion motion = picture == portrait ? portraitMotion : motion(picture);
                scores(candidate).addMotion(motion, wantedMotion);
                portraitIdentity.ifPresent(wanted -> scores(candidate).add(Region.PICTURE, Metric.ID_SIM, FaceRecognition.similarity(
                        wanted, picture == portrait ? wanted : yardsticks.identity(picture, motion).orElseThrow())));
            });
        }
        pass(truth, made);
    }

    private void looks(Lpips lpips, BufferedImage truth, Map<Candidate, BufferedImage> made) {
        double trueChange = truthBefore == null ? 0 : distance(lpips, truth, truthBefore);
        made.forEach((candidate, picture) -> {
            scores(candidate).add(Region.PICTURE, Metric.LPIPS, distance(lpips, picture, truth));
            BufferedImage before = madeBefore.get(candidate);
            if (before != null && truthBefore != null) {
                double change = picture == before ? 0 : distance(lpips, picture, before);
                scores(candidate).add(Region.PICTURE, Metric.TLP, Math.abs(change - trueChange));
            }
        });
    }

    private static double distance(Lpips lpips, BufferedImage picture, BufferedImage other) {
        try (Scope scope = new Scope()) {
            return Scope.withoutGradient(() ->
                    lpips.between(Frames.toSigned(List.of(picture)), Frames.toSigned(List.of(other))).item_double());
        }
    }

    /** How many frames were compared. */
    long compared() {
        return compared;
    }

    Map<Candidate, Scores> scores() {
        return scores;
    }

    private Motion motion(BufferedImage picture) {
        return new Motion(yardsticks.faces().measure(picture));
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
