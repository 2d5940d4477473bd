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
    private final boolean[] begins;

    private Segments(VideoScan scan, Limits limits) {
        this.scan = scan;
        this.limits = limits;
        flaws = new Flaw[scan.frames()];
        begins = new boolean[scan.frames()];
        for (int cut : Cuts.of(scan.changes())) {
            begins[cut] = true;
        }
    }

    /** @return all of the video, in order */
    static List<Segment> of(VideoScan scan, Limits limits) {
        Segments segments = new Segments(scan, limits);
        segments.judgeLooks();
        segments.judgeStillness();
        return segments.divide();
    }

    /** A look judges the frames that are nearer to it than to the next look, inside its scene. */
    private void judgeLooks() {
        List<FaceLook> looks = scan.looks();
        List<Flaw> found = new ArrayList<>(looks.stream().map(look -> look.flaw(limits)).toList());
        for (int i = 1; i + 1 < found.size(); i++) {
            boolean alone = found.get(i) != null && looks.get(i - 1).flaw(limits) == null && looks.get(i + 1).flaw(limits) == null;
            if (alone && sameScene(looks.get(i - 1).frame(), looks.get(i + 1).frame())) {
                found.set(i, null); // detectors err now and then
            }
        }
        for (int frame = 0, look = 0; frame < flaws.length; frame++) {
            while (look + 1 < looks.size() && judgesBetter(looks.get(look + 1).frame(), looks.get(look).frame(), frame)) {
                look++;
            }
            boolean seen = !looks.isEmpty() && sameScene(Math.min(frame, looks.get(look).frame()), Math.max(frame, looks.get(look).frame()));
            flaws[frame] = seen ? found.get(look) : Flaw.TOO_SHORT;
        }
    }

    private boolean judgesBetter(int next, int current, int frame) {
        boolean otherScene = current < frame && !sameScene(current, frame);
        return otherScene && next <= frame || Math.abs(next - frame) < Math.abs(current - frame) && (next <= frame || sameScene(frame, next));
    }

    private boolean sameScene(int from, int to) {
        for (int frame = from + 1; frame <= to; frame++) {
            if (begins[frame]) {
                return false;
            }
        }
        return true;
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
            if (frame == flaws.length || begins[frame] || flaws[frame] != flaws[start]) {
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
