package io.personalive.media.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.personalive.media.MediaException;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Orientation;
import io.personalive.media.image.Transparent;
import io.personalive.media.picture.PictureHeader.Format;
import io.personalive.natives.NativeLibraries;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads PNG, JPEG, WebP, HEIC, AVIF, GIF, TIFF and BMP pictures of any depth as 8-bit BGR, turned upright as they say. Grey and palettes
 * become colour, of 16 bits the upper 8 are kept, what is transparent is laid over one colour, colours with a profile (Display
 * P3, Adobe RGB) become sRGB, CMYK is converted without a profile. A large JPEG is read at half, a quarter or an eighth of its size.
 */
public final class PictureReader {
    static {
        NativeLibraries.ready();
    }

    /** What pictures have at most when they are read: a larger JPEG is read smaller, others are refused from their header alone. */
    public static final long MOST_PIXELS = 40_000_000;
    /** Of a JPEG as stored: the largest that phones make have 200 megapixels. */
    private static final long MOST_STORED_PIXELS = 250_000_000;
    /** A file cut off so late that no more than this of the rows are missing is read, as all other programs do. */
    private static final double MOST_MISSING = 0.05;
    private static final Logger LOG = LoggerFactory.getLogger(PictureReader.class);
    private static final long MOST_BYTES = 400_000_000;

    private PictureReader() {
    }

    /** The picture over {@link Transparent#BACKGROUND}. See {@link #read(Path, Color)}. */
    public static BufferedImage read(Path file) {
        return read(file, Transparent.BACKGROUND);
    }

    /**
     * @param background what shows where the picture is transparent
     * @return TYPE_3BYTE_BGR
     * @throws MediaException if the file is missing, empty, cut off, no picture or larger than {@link #MOST_PIXELS}
     */
    public static BufferedImage read(Path file, Color background) {
        if (Files.isDirectory(file)) {
            throw new MediaException(file + " is a folder: name a picture (such as PNG, JPEG or HEIC)");
        }
        if (!Files.exists(file)) {
            throw new MediaException(file + " does not exist");
        }
        try {
            PictureHeader header;
            try (InputStream in = Files.newInputStream(file)) {
                header = header(file, Files.size(file), in);
            }
            return header.isVideo() ? read(StillPicture.read(file, background), background)
                    : read(file, header, Files.readAllBytes(file), background);
        } catch (IOException e) {
            throw new MediaException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * A picture file that lies in memory, over {@link Transparent#BACKGROUND}.
     *
     * @param name what messages call it
     * @return TYPE_3BYTE_BGR
     * @throws MediaException as {@link #read(Path, Color)}
     */
    public static BufferedImage read(byte[] bytes, String name) {
        try {
            PictureHeader header = header(name, bytes.length, new ByteArrayInputStream(bytes));
            return header.isVideo() ? read(stored(bytes, name), Transparent.BACKGROUND)
                    : read(name, header, bytes, Transparent.BACKGROUND);
        } catch (IOException e) {
            throw new MediaException(name + " can't be read: " + e.getMessage(), e);
        }
    }

    private static BufferedImage read(StillPicture still, Color background) {
        return new Transparent(ColourProfile.toSrgb(still.picture(), still.profile()), still.opacity()).over(background);
    }

    /** FFmpeg reads files only. */
    private static StillPicture stored(byte[] bytes, String name) throws IOException {
        Path file = Files.createTempFile("picture", "");
        try {
            return StillPicture.read(Files.write(file, bytes), Transparent.BACKGROUND);
        } catch (MediaException refused) {
            throw new MediaException(refused.getMessage().replace(file.toString(), name), refused);
        } finally {
            Files.delete(file);
        }
    }

    private static BufferedImage read(Object file, PictureHeader header, byte[] bytes, Color background) {
        boolean complete = header.isComplete(bytes);
        Transparent decoded = decode(file, header, complete ? bytes : completed(file, header, bytes));
        if (!complete) {
            if (header.format() == Format.JPEG && flatRows(decoded.picture()) > MOST_MISSING * decoded.picture().getHeight()) {
                throw cutOff(file);
            }
            LOG.warn("{} lacks its last bytes: what is there is used", file);
        }
        BufferedImage colours = ColourProfile.toSrgb(decoded.picture(), header.format(), bytes);
        return orientation(bytes).upright(new Transparent(colours, decoded.opacity()).over(background));
    }

    /** Whether a file is a still picture of a format that is read. */
    public static boolean isPicture(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            PictureHeader header = PictureHeader.read(in);
            return header != null && !header.moves();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static MediaException cutOff(Object file) {
        return new MediaException(file + " is cut off: the end of the picture is missing; fetch or export it again");
    }

    /** A file whose end is missing, with an end as decoders want it, if only that is missing. */
    private static byte[] completed(Object file, PictureHeader header, byte[] bytes) {
        byte[] completed = switch (header.format()) {
            case JPEG -> PictureHeader.endedJpeg(bytes);
            case PNG -> PictureHeader.endedPng(bytes);
            case WEBP, BMP, TIFF, HEIF, GIF -> null;
        };
        if (completed == null) {
            throw cutOff(file);
        }
        return completed;
    }

    /** How many rows at the bottom show one colour: what a decoder fills in where a JPEG's data end. */
    private static int flatRows(BufferedImage picture) {
        byte[] pixels = Bgr.bytes(picture);
        int row = picture.getWidth() * 3;
        int same = pixels.length;
        while (same > 3 && Arrays.equals(pixels, same - 3, same, pixels, pixels.length - 3, pixels.length)) {
            same -= 3;
        }
        return (pixels.length - same) / row;
    }

    private static PictureHeader header(Object file, long size, InputStream content) throws IOException {
        if (size == 0) {
            throw new MediaException(file + " is empty (0 bytes)");
        }
        PictureHeader header = null;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(content))) {
            header = PictureHeader.read(in);
        } catch (EOFException e) {
            if (size > 4) {
                throw new MediaException(file + " is cut off: it ends inside its header; fetch or export it again", e);
            }
        }
        if (header == null) {
            throw new MediaException(file + " is not a picture that can be read: PNG, JPEG, WebP, HEIC, AVIF, GIF, TIFF and BMP are");
        }
        if (header.pixels() > (header.format() == Format.JPEG ? MOST_STORED_PIXELS : MOST_PIXELS) || size > MOST_BYTES) {
            throw new MediaException(file + " is too large (" + header.width() + " x " + header.height() + " pixels, " + size / 1_000_000
                    + " MB): make it smaller than " + MOST_PIXELS / 1_000_000 + " megapixels first");
        }
        if (header.width() <= 0 || header.height() <= 0) {
            throw new MediaException(file + " is damaged: its header says " + header.width() + " x " + header.height() + " pixels");
        }
        return header;
    }

    private static int mode(PictureHeader header) {
        if (header.format() != Format.JPEG) {
            return IMREAD_UNCHANGED;
        }
        int reduction = header.pixels() <= MOST_PIXELS ? IMREAD_COLOR
                : header.pixels() <= 4 * MOST_PIXELS ? IMREAD_REDUCED_COLOR_2 : IMREAD_REDUCED_COLOR_4;
        return reduction | IMREAD_IGNORE_ORIENTATION;
    }

    private static Transparent decode(Object file, PictureHeader header, byte[] bytes) {
        try (BytePointer data = new BytePointer(bytes); Mat encoded = new Mat(1, bytes.length, CV_8UC1, data);
                Mat decoded = opencv_imgcodecs.imdecode(encoded, mode(header))) {
            if (!decoded.empty()) {
                boolean multiplied = header.format() == Format.TIFF && decoded.depth() == CV_8U; // so libtiff gives 8 bits, whatever is stored
                return multiplied ? Transparent.of(decoded).divided() : Transparent.of(decoded);
            }
        } catch (RuntimeException e) {
            // OpenCV's own message speaks of its source lines.
            throw new MediaException(file + " is damaged: the picture in it can't be decoded", e);
        }
        throw new MediaException(file + " is damaged: the picture in it can't be decoded");
    }

    private static Orientation orientation(byte[] bytes) {
        try {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes), bytes.length)
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return value == null ? Orientation.UPRIGHT : Orientation.ofExif(value);
        } catch (ImageProcessingException | IOException e) {
            return Orientation.UPRIGHT; // Broken metadata beside good pixels: viewers show such a picture as it lies.
        }
    }
}
