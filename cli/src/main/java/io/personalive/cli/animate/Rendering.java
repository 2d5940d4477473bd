package io.personalive.cli.animate;

import io.personalive.live.VideoOutput;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The making of a video, which is completed whatever goes wrong on the way; then it is said how much of it there is. */
public final class Rendering {
    private Rendering() {}

    /**
     * @param video   takes the frames; completed here, closed by the caller
     * @param output  the video's name in messages
     * @param work    makes the frames, in this thread
     * @param notices is told where the video ended early
     * @return how many frames were written
     * @throws RuntimeException what went wrong in the work or while encoding, after the video was completed
     */
    public static long run(VideoOutput video, Path output, Runnable work, Consumer<String> notices) {
        Throwable reason = null;
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            reason = failed;
        }
        long written = video.finish();
        try {
            video.rethrow();
        } catch (RuntimeException | Error encoding) {
            reason = encoding;
        }
        if (reason != null && written > 0) {
            notices.accept("ended early: " + output + " holds the " + (written == 1 ? "one frame that was" : written + " frames that were")
                    + " finished by then");
        }
        if (reason instanceof Error error) {
            throw error;
        } else if (reason instanceof RuntimeException wrong) {
            throw wrong;
        }
        return written;
    }
}
