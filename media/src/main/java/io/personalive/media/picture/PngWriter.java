package io.personalive.media.picture;

import io.personalive.media.AiMark;
import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.media.image.Mats;
import io.personalive.natives.NativeLibraries;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes PNG files, plain or carrying the {@link AiMark}. */
public final class PngWriter {
    static {
        NativeLibraries.ready();
    }

    /** The signature and the header chunk, after which other chunks may stand. */
    private static final int HEADER_BYTES = 8 + 25;

    private PngWriter() {
    }

    /** Writes a picture that no model made, such as a copy of the input. @param picture TYPE_3BYTE_BGR */
    public static void write(Path target, BufferedImage picture) {
        PendingFile pending = PendingFile.beside(target);
        save(pending.temporary(), encode(picture), pending);
    }

    /** Writes a picture that a model made: marked as such in its metadata. @param picture TYPE_3BYTE_BGR */
    public static void writeMarked(Path target, BufferedImage picture) {
        PendingFile pending = PendingFile.beside(target);
        save(pending.temporary(), mark(encode(picture)), pending);
    }

    private static void save(Path temporary, byte[] png, PendingFile pending) {
        try {
            Files.write(temporary, png);
            pending.commit();
        } catch (IOException e) {
            MediaException failed = pending.failed(e.getMessage(), e);
            pending.discard();
            throw failed;
        }
    }

    private static byte[] encode(BufferedImage picture) {
        try (Mat mat = Mats.of(picture); BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(".png", mat, encoded);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    private static byte[] mark(byte[] png) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream(png.length + 2048);
        marked.write(png, 0, HEADER_BYTES);
        // Keyword, not compressed, no language, no translated keyword, text: the form that the XMP specification asks for.
        marked.writeBytes(textChunk("XML:com.adobe.xmp\0\0\0\0\0", AiMark.xmp()));
        marked.writeBytes(textChunk("Comment\0\0\0\0\0", AiMark.COMMENT.getBytes(StandardCharsets.UTF_8)));
        marked.write(png, HEADER_BYTES, png.length - HEADER_BYTES);
        return marked.toByteArray();
    }

    private static byte[] textChunk(String keyword, byte[] text) {
        byte[] before = ("iTXt" + keyword).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 check = new CRC32();
        check.update(before);
        check.update(text);
        return ByteBuffer.allocate(4 + before.length + text.length + 4)
                .putInt(before.length - 4 + text.length).put(before).put(text).putInt((int) check.getValue()).array();
    }
}
