package io.personalive.training.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Divides a video into pieces to keep and pieces to drop. */
final class Segments {
    /** A change below this is none: an encoder's noise, as a part of the range of values. */
    private static final double STILL = 4e-4;
    /** A picture that stands still for longer is frozen, seconds: a person always moves. */
    private static final double FROZEN_SECONDS = 0.6;

    private final VideoScan scan;
    private final Limits limits;
    private final Flaw[] flaws;
    /** The number of the scene that a frame belongs to. */
    private final int[] scene;

    private Segments(VideoScan scan, Limits limits) {
        this.scan = scan;
        this.limits = limits;
        flaws = new Flaw[scan.frames()];
        scene = new int[scan.frames()];
        List<Integer> cuts = Cuts.of(scan.changes());
        for (int frame = 0, cut = 0; frame < scene.length; frame++) {
            cut += cut < cuts.size() && cuts.get(cut) == frame ? 1 : 0;
            scene[frame] = cut;
        }
    }

    /** @return all of the video, in order */
    static List<Segment> of(VideoScan scan, Limits limits) {
        Segments segments = new Segments(scan, limits);
        segments.judgeLooks();
        segments.judgeStillness();
        return segments.divide();
    }

    /** A look judges the frames of its scene that are nearer to it than to any other look at the scene. */
    private void judgeLooks() {
        List<FaceLook> looks = scan.looks();
        List<Flaw> found = forgiving(looks);
        for (int frame = 0, next = 0; frame < flaws.length; frame++) {
            while (next < looks.size() && looks.get(next).frame() <= frame) {
                next++;
            }
            boolean before = next > 0 && scene[looks.get(next - 1).frame()] == scene[frame];
            boolean after = next < looks.size() && scene[looks.get(next).frame()] == scene[frame];
            if (!before && !after) {
                flaws[frame] = Flaw.TOO_SHORT; // no look fell into the scene
                continue;
            }
            boolean nextIsNearer = before && after && looks.get(next).frame() - frame < frame - looks.get(next - 1).frame();
            flaws[frame] = found.get(before && !nextIsNearer ? next - 1 : next);
        }
    }

    /** Detectors err now and then: a single look that differs from those around it doesn't count. */
    private List<Flaw> forgiving(List<FaceLook> looks) {
        List<Flaw> found = new ArrayList<>(looks.stream().map(look -> look.flaw(limits)).toList());
        for (int i = 1; i + 1 < looks.size(); i++) {
            FaceLook before = looks.get(i - 1), after = looks.get(i + 1);
            if (before.flaw(limits) == null && after.flaw(limits) == null && scene[before.frame()] == scene[after.frame()]) {
                found.set(i, null);
            }
        }
        return found;
    }

    private void judgeStillness() {
        double[] changes = scan.changes();
        int start = 0;
        for (int frame = 1; frame <= changes.length; frame++) {
            if (frame == changes.length || changes[frame] >= STILL) {
                if (scan.rate().seconds(frame - start - 1) > FROZEN_SECONDS) {
                    Arrays.fill(flaws, start, frame, Flaw.FROZEN);
                }
                start = frame;
            }
        }
    }

    private List<Segment> divide() {
        List<Segment> segments = new ArrayList<>();
        int start = 0;
        for (int frame = 1; frame <= flaws.length; frame++) {
            if (frame == flaws.length || scene[frame] != scene[start] || flaws[frame] != flaws[start]) {
                addAll(segments, new Segment(start, frame - start, flaws[start]));
                start = frame;
            }
        }
        return segments;
    }

    /** Short pieces are dropped, long ones divided evenly. */
    private void addAll(List<Segment> segments, Segment segment) {
        double seconds = scan.rate().seconds(segment.frames());
        if (!segment.kept()) {
            segments.add(segment);
        } else if (seconds < limits.shortestSeconds()) {
            segments.add(new Segment(segment.first(), segment.frames(), Flaw.TOO_SHORT));
        } else if (SteadyWindow.of(scan, segment).isEmpty()) {
            segments.add(new Segment(segment.first(), segment.frames(), Flaw.CUT_OFF));
        } else {
            int pieces = (int) Math.ceil(seconds / limits.longestSeconds());
            for (int i = 0; i < pieces; i++) {
                int first = (int) ((long) segment.frames() * i / pieces), end = (int) ((long) segment.frames() * (i + 1) / pieces);
                segments.add(new Segment(segment.first() + first, end - first, null));
            }
        }
    }
}
