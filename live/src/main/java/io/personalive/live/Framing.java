package io.personalive.live;

import io.personalive.media.face.FaceChoice;
import io.personalive.media.face.SteadyFraming;
import io.personalive.media.image.Resize;
import java.awt.image.BufferedImage;
import java.util.List;

/** A driver's pictures as the model takes them: framed steadily around the face, square, of its size. One driver's. */
final class Framing implements AutoCloseable {
    private final SteadyFraming steady;
    private final int size;
    private volatile boolean seesFace;

    /** Follows the largest face. @param size side of the frames, pixels */
    Framing(Crop crop, int size) {
        this(crop, size, FaceChoice.LARGEST);
    }

    /**
     * @param size side of the frames, pixels
     * @param face who is followed, if there are several
     */
    Framing(Crop crop, int size, FaceChoice face) {
        this.steady = crop == Crop.AUTO ? new SteadyFraming(face) : null;
        this.size = size;
        this.seesFace = steady == null;
    }

    /** Whether a face is looked for. */
    boolean looksForFaces() {
        return steady != null;
    }

    /**
     * Frames by the opening, where that can be looked at ahead.
     *
     * @return false if no face was found: pictures are then whole until one shows
     */
    boolean settle(List<BufferedImage> opening) {
        return steady == null || opening.isEmpty() || steady.settle(opening);
    }

    /** How many persons the opening shows; 0 where no face is looked for. */
    int persons() {
        return steady == null ? 0 : steady.persons();
    }

    /** @return the next picture, square, TYPE_3BYTE_BGR */
    BufferedImage frame(BufferedImage picture) {
        if (steady == null) {
            return Resize.toSquare(picture, size);
        }
        BufferedImage part = steady.frame(picture);
        seesFace = steady.sees();
        return Resize.toSquare(part, size);
    }

    /** Whether a face was found lately, for any thread to ask; true where none is looked for. */
    boolean seesFace() {
        return seesFace;
    }

    @Override
    public void close() {
        if (steady != null) {
            steady.close();
        }
    }
}
