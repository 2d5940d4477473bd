package io.personalive.media.ffmpeg;

import io.personalive.media.MediaException;
import org.bytedeco.ffmpeg.global.avdevice;

/** Cameras and virtual cameras, through FFmpeg. Its part for devices needs libraries of the system that others don't. */
public final class Devices {
    private Devices() {}

    /** @throws MediaException if a library of the system is missing, saying which */
    public static void load() {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError missing) {
            throw new MediaException("cameras can't be used here, for want of a library of the system: " + reason(missing)
                    + ". Install it; on Debian and Ubuntu: sudo apt install libpulse0", missing);
        }
    }

    /** What the loader said first. */
    private static String reason(Throwable missing) {
        Throwable first = missing;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String message = String.valueOf(first.getMessage());
        return message.substring(message.lastIndexOf('/') + 1);
    }
}
