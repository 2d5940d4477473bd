package io.personalive.live;

import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import java.util.Optional;

/** A performance that is there from its beginning to its end, opened and checked. */
public interface RecordedDriving extends Driving {
    /** Its frames' rate, on average. */
    FrameRate frameRate();

    /** How many frames there will be; -1 if that isn't known. */
    long estimatedFrames();

    /** The sound that goes with the frames, if there is any. */
    Optional<AudioSource> audio();

    /** Whether its frames ended before they should have; known after the last. */
    boolean endedEarly();

    /** Whether there are pictures to be shown. */
    boolean hasPictures();
}
