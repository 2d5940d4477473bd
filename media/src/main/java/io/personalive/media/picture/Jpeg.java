package io.personalive.media.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;

import io.personalive.media.AiMark;
import io.personalive.media.MediaException;
import io.personalive.media.image.Mats;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** JPEG pictures in memory: the single frames of a live stream. */
public final class Jpeg {
    private static final byte[] XMP_NAME = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MARK = markSegment(AiMark.xmp());

    private Jpeg() {
    }

    /**
     * @param file       a whole JPEG
     * @param mostPixels a larger one is refused from its header, before room is made for it
     * @return TYPE_3BYTE_BGR
     * @throws MediaException if this is no JPEG, is damaged or too large
     */
    public static BufferedImage decode(byte[] file, long mostPixels) {
        PictureHeader header = header(file);
        if (header.pixels() > mostPixels || header.pixels() == 0) {
            throw new MediaException("the picture has " + header.width() + " x " + header.height() + " pixels, expected 1 to "
                    + mostPixels + " in all");
        }
        try (BytePointer bytes = new BytePointer(file); Mat encoded = new Mat(1, file.length, CV_8UC1, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(encoded, IMREAD_COLOR)) {
            if (!decoded.empty()) {
                return Mats.toPicture(decoded);
            }
        } catch (RuntimeException damaged) {
            throw new MediaException("the picture is damaged: it can't be decoded", damaged);
        }
        throw new MediaException("the picture is damaged: it can't be decoded");
    }

    private static PictureHeader header(byte[] file) {
        try {
            PictureHeader header = PictureHeader.read(new DataInputStream(new ByteArrayInputStream(file)));
            if (header != null && header.format() == PictureHeader.Format.JPEG) {
                return header;
            }
        } catch (IOException cutOff) {
            throw new MediaException("the picture is damaged: it ends in its header", cutOff);
        }
        throw new MediaException("this is no JPEG picture");
    }

    /**
     * A frame that a model made: it carries the {@link AiMark}.
     *
     * @param picture TYPE_3BYTE_BGR
     * @param quality 1 to 100
     */
    public static byte[] encodeMarked(BufferedImage picture, int quality) {
        byte[] plain = encode(picture, quality);
        int afterHeader = 4 + (Byte.toUnsignedInt(plain[4]) << 8 | Byte.toUnsignedInt(plain[5]));
        return ByteBuffer.allocate(plain.length + MARK.length)
                .put(plain, 0, afterHeader).put(MARK).put(plain, afterHeader, plain.length - afterHeader).array();
    }

    /** A picture that no model made. @param quality 1 to 100 */
    public static byte[] encode(BufferedImage picture, int quality) {
        try (Mat mat = Mats.of(picture); BytePointer encoded = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            opencv_imgcodecs.imencode(".jpg", mat, encoded, options);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    /** An APP1 segment: its length counts itself, but not the mark before it. */
    private static byte[] markSegment(byte[] xmp) {
        int length = 2 + XMP_NAME.length + xmp.length;
        return ByteBuffer.allocate(2 + length).putShort((short) 0xFFE1).putShort((short) length).put(XMP_NAME).put(xmp).array();
    }
}
