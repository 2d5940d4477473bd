package io.personalive.training.evaluation;

import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.FaceMeasure;
import io.personalive.training.data.LabelRows;
import java.awt.image.BufferedImage;

/** Knows the faces of a clip's frames. */
@FunctionalInterface
public interface FaceSight {
    /**
     * @param frame   its number, from 0
     * @param picture square
     * @return in pixels of the picture; null where nothing is known
     */
    FaceLabels face(int frame, BufferedImage picture);

    /** What is measured. */
    static FaceSight of(FaceMeasure measure) {
        return (frame, picture) -> known(measure.measure(picture));
    }

    /** What was labelled. @param width of the clip as it was labelled, pixels */
    static FaceSight of(LabelRows rows, int width) {
        return (frame, picture) -> {
            if (frame >= rows.count()) {
                throw new IllegalArgumentException("there are labels for " + rows.count() + " frames only");
            }
            return known(rows.at(frame, (double) picture.getWidth() / width));
        };
    }

    private static FaceLabels known(FaceLabels face) {
        return face.valid() ? face : null;
    }
}
