package io.personalive.media.picture;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a picture file says of itself before anything is decoded.
 *
 * @param format which of the formats that can be read
 * @param width  as stored, before any EXIF orientation, pixels
 * @param height as stored, pixels
 * @param moves  whether there are several frames
 * @param coded  whether its colours are said to be those of a video, such as Display P3 or PQ, in a video's code points
 */
record PictureHeader(Format format, int width, int height, boolean moves, boolean coded) {
    enum Format {
        PNG, JPEG, WEBP, BMP, TIFF, HEIF, GIF
    }

    /** Code points of ITU-T H.273. */
    private static final int BT709_COLOURS = 1, PQ = 16, HLG = 18;

    /** One whose colours are said otherwise, or not at all. */
    PictureHeader(Format format, int width, int height, boolean moves) {
        this(format, width, height, moves, false);
    }

    /** Whether it is to be read as a video's frames are. */
    boolean isVideo() {
        return format == Format.HEIF || format == Format.GIF || coded;
    }

    /**
     * @param in the file from its start; as little is read as the size takes
     * @return null if this is none of the formats
     * @throws IOException if the file ends before the size is known
     */
    static PictureHeader read(DataInputStream in) throws IOException {
        int magic = in.readInt();
        if (magic == 0x89504E47) {
            return readPng(in);
        }
        if (magic >>> 8 == 0xFFD8FF) {
            return readJpeg(in, magic & 0xFF);
        }
        if (magic == fourLetters("RIFF")) {
            in.skipNBytes(4);
            return in.readInt() == fourLetters("WEBP") ? readWebp(in) : null;
        }
        if (magic >>> 16 == 0x424D) {
            return readBmp(in);
        }
        if (magic == fourLetters("GIF8")) {
            byte[] start = in.readNBytes(6);
            return start.length < 6 ? null : new PictureHeader(Format.GIF, (int) littleEndian(start, 2, 2), (int) littleEndian(start, 4, 2), true);
        }
        if (magic == 0x49492A00 || magic == 0x4D4D002A) {
            return TiffFields.header(magic, in);
        }
        return IsoPicture.header(magic, in);
    }

    long pixels() {
        return (long) width * height;
    }

    /** Whether the file reaches to its format's end mark, or its stated length: a download cut short doesn't. */
    boolean isComplete(byte[] file) {
        return switch (format) {
            case PNG -> endsPng(file);
            case JPEG -> endsJpeg(file);
            case WEBP -> file.length >= littleEndian(file, 4, 4) + 8;
            case BMP -> file.length >= Math.max(littleEndian(file, 2, 4), littleEndian(file, 10, 4)); // some state no length
            case TIFF, HEIF, GIF -> true; // the decoder says
        };
    }

    /**
     * What stands between a PNG's header and its data: acTL where it is animated, cICP where its colours are a video's (W3C PNG,
     * third edition, 11.3.2.6), as screens with more light are recorded.
     */
    private static PictureHeader readPng(DataInputStream in) throws IOException {
        in.skipNBytes(12);
        int width = in.readInt(), height = in.readInt();
        in.skipNBytes(5 + 4);
        boolean moves = false, coded = false;
        while (true) {
            byte[] start = in.readNBytes(8);
            if (start.length < 8 || bigEndian(start, 4) == fourLetters("IDAT")) {
                return new PictureHeader(Format.PNG, width, height, moves, coded);
            }
            long length = Integer.toUnsignedLong(bigEndian(start, 0));
            moves |= bigEndian(start, 4) == fourLetters("acTL");
            if (bigEndian(start, 4) == fourLetters("cICP") && length == 4) {
                byte[] points = in.readNBytes(4);
                length = 0;
                coded = points.length == 4 && (points[0] != BT709_COLOURS || points[1] == PQ || points[1] == HLG);
            }
            in.skip(length + 4);
        }
    }

    /** @return a PNG whose data are whole with the end mark that it lacks; null if it is cut off before */
    static byte[] endedPng(byte[] file) {
        long at = 8;
        long end = 8;
        boolean data = false;
        while (at + 12 <= file.length) {
            long next = at + 12 + Integer.toUnsignedLong(bigEndian(file, (int) at));
            if (next > file.length) {
                break;
            }
            data |= bigEndian(file, (int) at + 4) == fourLetters("IDAT");
            at = next;
            end = next;
        }
        // Behind the last whole chunk only a piece of the end mark may stand.
        if (!data || file.length - end >= 12) {
            return null;
        }
        byte[] ended = Arrays.copyOf(file, (int) end + 12);
        ByteBuffer.wrap(ended, (int) end, 12).putInt(0).putInt(fourLetters("IEND")).putInt(0xAE426082);
        return ended;
    }

    /** @return a JPEG with the end mark that it lacks */
    static byte[] endedJpeg(byte[] file) {
        int length = file[file.length - 1] == (byte) 0xFF ? file.length - 1 : file.length;
        byte[] ended = Arrays.copyOf(file, length + 2);
        ended[length] = (byte) 0xFF;
        ended[length + 1] = (byte) 0xD9;
        return ended;
    }

    private static PictureHeader readJpeg(DataInputStream in, int firstMarker) throws IOException {
        int marker = firstMarker;
        while (marker == 0xFF) { // any number of them may stand before a marker
            marker = in.readUnsignedByte();
        }
        while (true) {
            int length = in.readUnsignedShort();
            // A start of frame: C0 to CF but for the tables C4, C8 and CC.
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                in.skipNBytes(1);
                int height = in.readUnsignedShort();
                return new PictureHeader(Format.JPEG, in.readUnsignedShort(), height, false);
            }
            in.skipNBytes(Math.max(0, length - 2));
            if (in.readUnsignedByte() != 0xFF) {
                throw new IOException("no marker where one belongs");
            }
            do {
                marker = in.readUnsignedByte();
            } while (marker == 0xFF);
        }
    }

    private static PictureHeader readWebp(DataInputStream in) throws IOException {
        int chunk = in.readInt();
        in.skipNBytes(4);
        byte[] start = in.readNBytes(10);
        if (start.length < 10) {
            throw new IOException("ends in its header");
        }
        if (chunk == fourLetters("VP8X")) {
            return new PictureHeader(Format.WEBP, (int) littleEndian(start, 4, 3) + 1, (int) littleEndian(start, 7, 3) + 1, (start[0] & 2) != 0);
        }
        if (chunk == fourLetters("VP8L")) {
            long bits = littleEndian(start, 1, 4);
            return new PictureHeader(Format.WEBP, (int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1, false);
        }
        return new PictureHeader(Format.WEBP, (int) littleEndian(start, 6, 2) & 0x3FFF, (int) littleEndian(start, 8, 2) & 0x3FFF, false);
    }

    private static PictureHeader readBmp(DataInputStream in) throws IOException {
        in.skipNBytes(10);
        byte[] start = in.readNBytes(12);
        if (start.length < 12) {
            throw new EOFException("ends in its header");
        }
        if (littleEndian(start, 0, 4) == 12) { // the oldest kind
            return new PictureHeader(Format.BMP, (int) littleEndian(start, 4, 2), (int) littleEndian(start, 6, 2), false);
        }
        return new PictureHeader(Format.BMP, (int) littleEndian(start, 4, 4), Math.abs((int) littleEndian(start, 8, 4)), false);
    }

    private static boolean endsPng(byte[] file) {
        long at = 8;
        while (at + 12 <= file.length) {
            if (bigEndian(file, (int) at + 4) == fourLetters("IEND")) {
                return at + 12 <= file.length;
            }
            at += 12 + Integer.toUnsignedLong(bigEndian(file, (int) at));
        }
        return false;
    }

    // Inside a scan FF is always followed by 0 or a restart mark, so FF D9 after the scan's start is its end.
    private static boolean endsJpeg(byte[] file) {
        int at = 2;
        while (at + 4 <= file.length && (file[at + 1] & 0xFF) != 0xDA) {
            at += (file[at + 1] & 0xFF) == 0xFF ? 1 : 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
        }
        for (; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xFF && file[at + 1] == (byte) 0xD9) {
                return true;
            }
        }
        return false;
    }

    static int fourLetters(String letters) {
        return bigEndian(letters.getBytes(StandardCharsets.US_ASCII), 0);
    }

    static int bigEndian(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    private static long littleEndian(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
