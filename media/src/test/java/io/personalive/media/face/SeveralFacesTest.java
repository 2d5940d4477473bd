package io.personalive.media.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralFacesTest {
    /** Three persons; the one in the middle is the smallest. */
    private static BufferedImage scene(double sway) {
        BufferedImage scene = DrawnFace.wall(960, 360);
        DrawnFace.draw(scene, 180 + sway, 170, 150);
        DrawnFace.draw(scene, 480, 180, 100);
        DrawnFace.draw(scene, 780 - sway, 170, 120);
        return scene;
    }

    @ParameterizedTest
    @CsvSource({"largest, 180", "left, 180", "2, 480", "right, 780", "3, 780"})
    void whoIsMeantIsFollowed(String who, int middle) {
        try (SteadyFraming steady = new SteadyFraming(FaceChoice.parse(who))) {
            assertTrue(steady.settle(List.of(scene(0), scene(4), scene(2))));
            assertEquals(3, steady.persons());
            for (int i = 0; i < 60; i++) {
                steady.frame(scene(i % 5));
                assertEquals(middle, steady.window().orElseThrow().getCenterX(), 30);
            }
        }
    }

    /** Without a look ahead, as in a live session. */
    @Test
    void theFirstFrameDecidesWhereThereIsNoOpening() {
        try (SteadyFraming steady = new SteadyFraming(FaceChoice.parse("right"))) {
            steady.frame(scene(0));
            assertEquals(780, steady.window().orElseThrow().getCenterX(), 30);
        }
    }

    /** The larger one comes nearer; she who was followed goes on being followed. */
    @Test
    void anotherFaceThatGrowsDoesNotTakeItsPlace() {
        try (SteadyFraming steady = new SteadyFraming(FaceChoice.LARGEST)) {
            assertTrue(steady.settle(List.of(scene(0))));
            for (int i = 0; i < 60; i++) {
                BufferedImage later = scene(0);
                DrawnFace.draw(later, 720, 170, 150 + i);
                steady.frame(later);
                assertEquals(180, steady.window().orElseThrow().getCenterX(), 30);
            }
        }
    }

    @Test
    void numberThatNobodyHasIsRefused() {
        try (SteadyFraming steady = new SteadyFraming(FaceChoice.parse("4"))) {
            String message = assertThrows(MediaException.class, () -> steady.settle(List.of(scene(0)))).getMessage();
            assertTrue(message.contains("no face number 4") && message.contains("3 are seen"), message);
        }
    }

    @Test
    void whatTheDetectorSeesOnceIsNoPerson() {
        Rectangle2D.Double face = new Rectangle2D.Double(100, 100, 80, 80);
        FaceGroups groups = new FaceGroups();
        groups.add(List.of(face, new Rectangle2D.Double(400, 50, 60, 60)));
        groups.add(List.of(new Rectangle2D.Double(104, 98, 82, 82)));
        groups.add(List.of(face));
        assertEquals(1, groups.persons().size());
        assertEquals(140, groups.persons().get(0).getCenterX(), 1);
    }

    @Test
    void choicesThatMeanNothingAreNamed() {
        for (String wrong : new String[] {"", "0", "-1", "middle", "1000"}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> FaceChoice.parse(wrong)).getMessage().contains("use largest, left, right"));
        }
    }
}
