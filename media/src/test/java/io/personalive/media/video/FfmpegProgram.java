package io.personalive.media.video;

import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Assumptions;

/** FFmpeg's own program, which comes with its libraries. */
public final class FfmpegProgram {
    private FfmpegProgram() {}

    /** @return its path; the test is skipped where the program lacks a library of the system, libpulse mostly */
    public static String path() {
        try {
            return Loader.load(ffmpeg.class);
        } catch (LinkageError missing) {
            return Assumptions.abort("FFmpeg's own program can't run here (" + missing.getMessage() + "): install libpulse0");
        }
    }
}
