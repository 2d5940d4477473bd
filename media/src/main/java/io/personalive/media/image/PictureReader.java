package io.personalive.media.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.personalive.media.MediaException;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Reads PNG, JPEG and WebP pictures of any depth as 8-bit BGR, turned upright as EXIF says. Grey and palettes
 * become colour, of 16 bits the upper 8 are kept, alpha is dropped (the colour values under it stay, nothing is
 * blended), CMYK is converted without a profile.
 */
public final class PictureReader {
    /** Larger pictures are refused from their header alone, before any memory is set aside for them. */
    public static final long MOST_PIXELS = 40_000_000;
    private static final long MOST_BYTES = 400_000_000;

    private PictureReader() {
    }

    /**
     * @return TYPE_3BYTE_BGR
     * @throws MediaException if the file is missing, empty, cut off, no picture or larger than {@link #MOST_PIXELS}
     */
    public static BufferedImage read(Path file) {
        if (Files.isDirectory(file)) {
            throw new MediaException(file + " is a folder: name a picture (PNG, JPEG or WebP)");
        }
        if (!Files.exists(file)) {
            throw new MediaException(file + " does not exist");
        }
        try {
            PictureHeader header = header(file);
            byte[] bytes = Files.readAllBytes(file);
            if (!header.isComplete(bytes)) {
                throw new MediaException(file + " is cut off: the end of the picture is missing; fetch or export it again");
            }
            return orientation(bytes).upright(decode(file, bytes));
        } catch (IOException e) {
            throw new MediaException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static PictureHeader header(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw new MediaException(file + " is empty (0 bytes)");
        }
        PictureHeader header = null;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            header = PictureHeader.read(in);
        } catch (EOFException e) {
            if (size > 4) {
                throw new MediaException(file + " is cut off: it ends inside its header; fetch or export it again", e);
            }
        }
        if (header == null) {
            throw new MediaException(file + " is not a picture that can be read: PNG, JPEG and WebP are");
        }
        if (header.pixels() > MOST_PIXELS || size > MOST_BYTES) {
            throw new MediaException(file + " is too large (" + header.width() + " x " + header.height() + " pixels, " + size / 1_000_000
                    + " MB): make it smaller than " + MOST_PIXELS / 1_000_000 + " megapixels first");
        }
        if (header.width() <= 0 || header.height() <= 0) {
            throw new MediaException(file + " is damaged: its header says " + header.width() + " x " + header.height() + " pixels");
        }
        return header;
    }

    private static BufferedImage decode(Path file, byte[] bytes) {
        try (BytePointer data = new BytePointer(bytes); Mat encoded = new Mat(1, bytes.length, CV_8UC1, data);
                Mat decoded = opencv_imgcodecs.imdecode(encoded, IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION)) {
            if (!decoded.empty()) {
                return Mats.toPicture(decoded);
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
