package io.personalive.training.preparation;

import java.awt.geom.Rectangle2D;

/**
 * One look at a frame of a video.
 *
 * @param frame     its number
 * @param faces     how many faces of about the largest one's size there are
 * @param face      the square around the largest, from the brows to the chin, pixels; null if there is none
 * @param sharpness of the face: see {@link Limits}
 * @param turn      of the head to the side, degrees, either way
 */
record FaceLook(int frame, int faces, Rectangle2D.Double face, double sharpness, double turn) {
    /** @return what is wrong with it; null if nothing is */
    Flaw flaw(Limits limits) {
        if (faces == 0) {
            return Flaw.NO_FACE;
        } else if (faces > 1) {
            return Flaw.SEVERAL_FACES;
        } else if (face.width < limits.smallestFace()) {
            return Flaw.TOO_SMALL;
        } else if (turn > limits.furthestTurn()) {
            return Flaw.TURNED_AWAY;
        }
        return sharpness < limits.leastSharpness() ? Flaw.BLURRED : null;
    }
}
