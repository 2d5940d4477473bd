package io.personalive.live;

import io.personalive.media.video.VideoReader;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/** The frames of a driving video as the model takes them, with their times. */
public final class DrivingFrames implements AutoCloseable {
    /** What the opening may take in memory: a second of a large video would be too much. */
    private static final long MOST_BYTES_AHEAD = 256L << 20;

    private final VideoReader video;
    private final Framing framing;
    private final long most;
    private final Deque<BufferedImage> opening = new ArrayDeque<>();
    private long given;

    /**
     * @param video  closed with this
     * @param crop   how it is framed
     * @param size   side of the frames, pixels
     * @param most   frames that are given at most
     */
    public DrivingFrames(VideoReader video, Crop crop, int size, long most) {
        this.video = video;
        this.framing = new Framing(crop, size);
        this.most = most;
    }

    /**
     * Frames the video by its first second. To be called before the first frame is taken.
     *
     * @return false if a face was looked for and not found: frames are then whole until one shows
     */
    public boolean settle() {
        if (!framing.looksForFaces()) {
            return true;
        }
        long bytes = 3L * video.width() * video.height();
        long ahead = Math.min(Math.min(most, video.frameRate().frames(1)), MOST_BYTES_AHEAD / bytes);
        do {
            BufferedImage frame = video.next();
            if (frame == null) {
                break;
            }
            opening.add(frame);
        } while (opening.size() < ahead);
        return framing.settle(new ArrayList<>(opening));
    }

    VideoReader video() {
        return video;
    }

    /** How many frames there will be; -1 if the video doesn't say. */
    public long estimated() {
        long estimated = video.estimatedFrames();
        return estimated < 0 ? -1 : Math.min(most, estimated);
    }

    /** @return the next frame, TYPE_3BYTE_BGR, square; null after the last */
    public DrivingFrame next() {
        if (given == most) {
            return null;
        }
        BufferedImage frame = opening.isEmpty() ? video.next() : opening.poll();
        if (frame == null) {
            return null;
        }
        return new DrivingFrame(framing.frame(frame), Math.round(video.frameRate().seconds(given++) * 1e9));
    }

    @Override
    public void close() {
        video.close();
        framing.close();
    }
}
