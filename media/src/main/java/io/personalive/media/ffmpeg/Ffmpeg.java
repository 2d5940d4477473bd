package io.personalive.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;

import io.personalive.media.MediaException;
import io.personalive.natives.NativeLibraries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.LoggerFactory;

/** Talking to FFmpeg's C functions: return codes and file names. */
public final class Ffmpeg {
    /** Codecs may use this many threads; the rest of the machine belongs to the networks. */
    public static final int THREADS = 2;

    static {
        NativeLibraries.ready();
        // What goes wrong is said by our own messages.
        avutil.av_log_set_level(AV_LOG_QUIET);
    }

    private Ffmpeg() {
    }

    /** @return the code, if it is no error. @param what for the message: "out.mp4 can't be written" */
    public static int check(int code, String what) {
        if (code < 0) {
            throw new MediaException(what + ": " + explain(code));
        }
        return code;
    }

    /** @return what was allocated. @throws MediaException if it is null */
    public static <P extends org.bytedeco.javacpp.Pointer> P allocated(P pointer, String what) {
        if (pointer == null || pointer.isNull()) {
            throw new MediaException(what + ": FFmpeg could not set it up (out of memory, or not in this build)");
        }
        return pointer;
    }

    public static String explain(int code) {
        try (BytePointer text = new BytePointer(256)) {
            avutil.av_strerror(code, text, text.capacity());
            return text(text);
        }
    }

    /** What native code wrote into a buffer: up to its closing zero, as what stands behind it is anything. */
    public static String text(BytePointer buffer) {
        int length = 0;
        while (length < buffer.capacity() && buffer.get(length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A name that FFmpeg takes for a file whatever is in it. The caller closes it. */
    public static BytePointer address(Path file) {
        return new BytePointer(name(file), StandardCharsets.UTF_8);
    }

    /** The same as text. */
    public static String name(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /** Takes note of what was opened, for {@link #closeAll}. @return the same */
    public static <T extends AutoCloseable> T opened(T resource, List<AutoCloseable> all) {
        all.add(resource);
        return resource;
    }

    /** Closes what was opened, the last first; a second time, nothing. */
    public static void closeAll(List<AutoCloseable> opened) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception alsoFailed) {
                LoggerFactory.getLogger(Ffmpeg.class).debug("closing failed too", alsoFailed);
            }
        }
        opened.clear();
    }
}
