package io.personalive.training.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.video.FrameRate;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final int BETWEEN = 8;
    private static final double MOVING = 0.01;
    private static final Rectangle2D.Double FACE = new Rectangle2D.Double(500, 250, 200, 200);

    /** A person who moves a little, in 1280 x 720 pixels at 25 frames/s; every look is what the test says. */
    private static VideoScan scan(int frames, IntFunction<FaceLook> look) {
        double[] changes = new double[frames];
        Arrays.fill(changes, 1, frames, MOVING);
        List<FaceLook> looks = new ArrayList<>();
        for (int frame = 0; frame < frames; frame += BETWEEN) {
            looks.add(look.apply(frame));
        }
        return new VideoScan(FrameRate.DEFAULT, 1280, 720, changes, looks, false);
    }

    private static FaceLook good(int frame) {
        return new FaceLook(frame, 1, FACE, 100, 5);
    }

    private static List<Segment> segments(VideoScan scan) {
        List<Segment> segments = Segments.of(scan, Limits.USUAL);
        assertEquals(scan.frames(), segments.stream().mapToInt(Segment::frames).sum(), "every frame is in one piece: " + segments);
        return segments;
    }

    @Test
    void aGoodShotIsOneClip() {
        assertEquals(List.of(new Segment(0, 200, null)), segments(scan(200, SegmentsTest::good)));
    }

    @Test
    void aLongShotBecomesEqualClips() {
        assertEquals(List.of(new Segment(0, 200, null), new Segment(200, 200, null), new Segment(400, 200, null)),
                segments(scan(600, SegmentsTest::good)));
    }

    @Test
    void aJumpCutDividesAndShortPiecesAreDropped() {
        VideoScan scan = scan(120, SegmentsTest::good);
        scan.changes()[100] = 0.05;

        assertEquals(List.of(new Segment(0, 100, null), new Segment(100, 20, Flaw.TOO_SHORT)), segments(scan));
    }

    @Test
    void fastMotionIsNoCut() {
        double[] changes = new double[60];
        for (int frame = 20; frame < 40; frame++) {
            changes[frame] = 0.06 + 0.03 * (frame % 2);
        }
        assertEquals(List.of(), Cuts.of(changes));
    }

    @Test
    void twoCutsCloseToEachOtherAreBothFound() {
        double[] changes = new double[60];
        changes[20] = 0.25;
        changes[23] = 0.3;

        assertEquals(List.of(20, 23), Cuts.of(changes));
    }

    @Test
    void wherePeopleJoinOrTheFaceIsGoneNothingIsKept() {
        List<Segment> segments = segments(scan(240, frame -> frame < 80 ? good(frame)
                : frame < 160 ? new FaceLook(frame, 2, FACE, 100, 5) : new FaceLook(frame, 0, null, 0, 0)));

        assertEquals(Arrays.asList(null, Flaw.SEVERAL_FACES, Flaw.NO_FACE), segments.stream().map(Segment::flaw).toList());
    }

    @Test
    void aSingleLookThatMissesTheFaceIsForgiven() {
        assertEquals(1, segments(scan(200, frame -> frame == 80 ? new FaceLook(frame, 0, null, 0, 0) : good(frame))).size());
    }

    @Test
    void everyFlawHasItsReason() {
        Rectangle2D.Double small = new Rectangle2D.Double(600, 300, 60, 60);
        assertEquals(Flaw.TOO_SMALL, segments(scan(100, frame -> new FaceLook(frame, 1, small, 100, 5))).get(0).flaw());
        assertEquals(Flaw.BLURRED, segments(scan(100, frame -> new FaceLook(frame, 1, FACE, 3, 5))).get(0).flaw());
        assertEquals(Flaw.TURNED_AWAY, segments(scan(100, frame -> new FaceLook(frame, 1, FACE, 100, 70))).get(0).flaw());
        Rectangle2D.Double huge = new Rectangle2D.Double(340, -40, 800, 800);
        assertEquals(Flaw.CUT_OFF, segments(scan(100, frame -> new FaceLook(frame, 1, huge, 100, 5))).get(0).flaw());
    }

    @Test
    void aFrozenPictureIsDropped() {
        VideoScan scan = scan(200, SegmentsTest::good);
        Arrays.fill(scan.changes(), 61, 120, 0);

        assertTrue(segments(scan).stream().anyMatch(segment -> segment.flaw() == Flaw.FROZEN && segment.first() == 60 && segment.frames() == 60),
                segments(scan).toString());
    }

    @Test
    void theWindowHoldsHeadAndShouldersAndGrowsWithTheHeadsWay() {
        VideoScan still = scan(200, SegmentsTest::good);
        VideoScan walking = scan(200, frame -> new FaceLook(frame, 1, new Rectangle2D.Double(400 + frame, 250, 200, 200), 100, 5));
        Segment all = new Segment(0, 200, null);
        Rectangle window = SteadyWindow.of(still, all).orElseThrow(), wide = SteadyWindow.of(walking, all).orElseThrow();

        assertEquals(200 / 0.48, window.width, 1);
        assertEquals(600, window.getCenterX(), 1);
        assertTrue(wide.width > window.width + 100 && wide.contains(FACE), wide.toString());
    }
}
