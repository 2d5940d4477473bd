package io.personalive.live;

import io.personalive.media.face.FaceChoice;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.TimedPicture;
import io.personalive.media.video.VideoReader;
import java.util.ArrayDeque;
import java.util.Deque;

/** The frames of a driving video as the model takes them, with their times. */
public final class DrivingFrames implements AutoCloseable {
    /** What the opening may take in memory: a second of a large video would be too much. */
    private static final long MOST_BYTES_AHEAD = 256L << 20;

    private final VideoReader video;
    private final Framing framing;
    private final long most;
    private final FrameRate rate;
    private final Deque<TimedPicture> opening = new ArrayDeque<>();
    private TimedPicture next;
    private long given;

    /**
     * @param video  closed with this
     * @param crop   how it is framed
     * @param size   side of the frames, pixels
     * @param face   who is followed, if there are several
     * @param most   frames that are given at most
     * @param rate   of which frames' times are multiples, those left out that have none of their own; null for the
     *               video's own times
     */
    public DrivingFrames(VideoReader video, Crop crop, int size, FaceChoice face, long most, FrameRate rate) {
        this.video = video;
        this.framing = new Framing(crop, size, face);
        this.most = most;
        this.rate = rate;
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
            TimedPicture frame = video.nextTimed();
            if (frame == null) {
                break;
            }
            opening.add(frame);
        } while (opening.size() < ahead);
        return framing.settle(opening.stream().map(TimedPicture::picture).toList());
    }

    /** How many persons the first second shows; 0 where no face is looked for. */
    public int persons() {
        return framing.persons();
    }

    VideoReader video() {
        return video;
    }

    /** Of the frames that are given; where these have the video's own times, their average. */
    public FrameRate frameRate() {
        return rate == null ? video.frameRate() : rate;
    }

    /** How many frames there will be; -1 if the video doesn't say. */
    public long estimated() {
        long estimated = video.estimatedFrames();
        if (estimated >= 0 && rate != null) {
            estimated = Math.min(estimated, Math.max(1, rate.frames(video.frameRate().seconds(estimated))));
        }
        return estimated < 0 ? -1 : Math.min(most, estimated);
    }

    /** @return the next frame, TYPE_3BYTE_BGR, square; null after the last */
    public DrivingFrame next() {
        TimedPicture frame = given == most ? null : rate == null ? read() : lastOfItsSlot();
        if (frame == null) {
            return null;
        }
        given++;
        return new DrivingFrame(framing.frame(frame.picture()), frame.nanoseconds());
    }

    private TimedPicture read() {
        return opening.isEmpty() ? video.nextTimed() : opening.poll();
    }

    /** Of frames that come faster than the rate, the last one that belongs to a multiple of it. */
    private TimedPicture lastOfItsSlot() {
        TimedPicture frame = next == null ? read() : next;
        if (frame == null) {
            return null;
        }
        long slot = slot(frame);
        next = read();
        while (next != null && slot(next) == slot) {
            frame = next;
            next = read();
        }
        return new TimedPicture(frame.picture(), Math.round(rate.seconds(slot) * 1e9));
    }

    private long slot(TimedPicture frame) {
        return rate.frames(frame.nanoseconds() / 1e9);
    }

    @Override
    public void close() {
        video.close();
        framing.close();
    }
}
