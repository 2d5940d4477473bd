package io.personalive.media.ffmpeg;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what a file is that FFmpeg can't open, so that its owner knows what to do. */
final class Unreadable {
    private static final int LOOKED_AT = 512;

    private Unreadable() {
    }

    /** @param reason FFmpeg's own. @return what follows the file's name in a message */
    static String why(Path file, String reason) {
        try {
            byte[] start;
            try (var in = Files.newInputStream(file)) {
                start = in.readNBytes(LOOKED_AT);
            }
            if (isText(start)) {
                return "is not a video: it is a text file";
            }
            if (isZero(start)) {
                return "is not a video: it begins with nothing but zeros, as when a download or copy was interrupted; fetch it again";
            }
            if (start.length > 8 && new String(start, 4, 4, StandardCharsets.US_ASCII).equals("ftyp") && !hasIndex(file)) {
                return "lacks its index (the box moov), which is written last: the recording was not closed, or the file is cut off."
                        + " Fetch it again, or repair it with a tool for that";
            }
        } catch (IOException unreadable) {
            return "can't be read: " + unreadable.getMessage();
        }
        return "is not a video or sound that can be read, or it is cut off: " + reason;
    }

    private static boolean isText(byte[] start) {
        for (byte each : start) {
            if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] start) {
        for (byte each : start) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasIndex(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (true) {
                long size = Integer.toUnsignedLong(in.readInt());
                String box = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
                if (box.equals("moov")) {
                    return true;
                }
                size = size == 1 ? in.readLong() - 8 : size;
                if (size < 8) {
                    return false;
                }
                in.skipNBytes(size - 8);
            }
        } catch (EOFException end) {
            return false;
        }
    }
}
