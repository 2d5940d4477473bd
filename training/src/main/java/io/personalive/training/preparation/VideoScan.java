package io.personalive.training.preparation;

import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.video.FrameRate;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What is known of a video after it was looked through once.
 *
 * @param rate    of its frames
 * @param width   of its frames, pixels
 * @param height  of its frames, pixels
 * @param changes of each frame from the one before: mean difference, 0 to 1; the first is 0
 * @param looks   at some of the frames, in order
 * @param cutOff  whether frames ended well before the time that the file states
 */
record VideoScan(FrameRate rate, int width, int height, double[] changes, List<FaceLook> looks, boolean cutOff) {
    /** Faces are looked for so often, seconds: no more than a blink may be missed. */
    private static final double BETWEEN_LOOKS = 0.3;
    /** Side of the pictures that are compared, pixels. */
    private static final int COMPARED = 64;

    /** How many frames there are. */
    int frames() {
        return changes.length;
    }

    /**
     * @param stop asked before every frame; once true, what is known by then is given
     * @throws io.personalive.media.MediaException if it can't be read
     */
    static VideoScan of(Path file, FaceLooks faces, BooleanSupplier stop) {
        try (StridedVideo video = new StridedVideo(file)) {
            int between = (int) Math.max(1, video.rate().frames(BETWEEN_LOOKS));
            double[] changes = new double[1024];
            List<FaceLook> looks = new ArrayList<>();
            byte[] before = null;
            int frame = 0;
            for (BufferedImage picture = video.next(); picture != null && !stop.getAsBoolean(); picture = video.next()) {
                byte[] small = Bgr.bytes(Resize.toSquare(picture, COMPARED));
                changes = frame == changes.length ? Arrays.copyOf(changes, 2 * frame) : changes;
                changes[frame] = before == null ? 0 : difference(small, before);
                before = small.clone();
                if (frame % between == 0) {
                    looks.add(faces.look(frame, picture));
                }
                frame++;
            }
            return new VideoScan(video.rate(), video.width(), video.height(), Arrays.copyOf(changes, frame), looks, video.endedEarly());
        }
    }

    private static double difference(byte[] picture, byte[] other) {
        long sum = 0;
        for (int i = 0; i < picture.length; i++) {
            sum += Math.abs((picture[i] & 0xFF) - (other[i] & 0xFF));
        }
        return sum / 255.0 / picture.length;
    }
}
