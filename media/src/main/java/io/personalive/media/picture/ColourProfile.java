package io.personalive.media.picture;

import io.personalive.media.image.Bgr;
import java.awt.Transparency;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The colour profile (ICC) that a picture file carries, such as a phone's Display P3: with it colours become sRGB. */
final class ColourProfile {
    private static final byte[] IN_JPEG = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    /** The tag of a profile in TIFF (ICC.1:2010, appendix B). */
    private static final int TIFF_PROFILE = 34675;
    /** A profile of a camera or screen takes a few kilobytes; those of printers up to a few megabytes. */
    private static final int MOST_BYTES = 16 << 20;

    /** What a PNG states whose tones are about those of sRGB, and how far from it another must be to be worth a change. */
    private static final double SRGB_GAMMA = 0.45455, SAME_GAMMA = 0.05;
    /** Nobody means more than this, times or parts. */
    private static final double MOST_TIMES = 10;

    private ColourProfile() {
    }

    /**
     * @param picture TYPE_3BYTE_BGR, as stored in the file
     * @return its colours in sRGB; the picture itself where the file has no profile for colours or a broken one
     */
    static BufferedImage toSrgb(BufferedImage picture, PictureHeader.Format format, byte[] file) {
        if (format == PictureHeader.Format.PNG && chunk(file, "iCCP") == null && chunk(file, "sRGB") == null) {
            return withoutGamma(picture, chunk(file, "gAMA"));
        }
        byte[] profile = switch (format) {
            case JPEG -> inJpeg(file);
            case PNG -> inPng(file);
            case WEBP -> inWebp(file);
            case TIFF -> TiffFields.bytes(file, TIFF_PROFILE);
            case BMP, HEIF, GIF -> null;
        };
        return toSrgb(picture, profile);
    }

    /** @param profile the profile itself; null for none */
    static BufferedImage toSrgb(BufferedImage picture, byte[] profile) {
        if (profile == null) {
            return picture;
        }
        try {
            ICC_Profile icc = ICC_Profile.getInstance(profile);
            if (icc.getNumComponents() != 3) {
                return picture;
            }
            ComponentColorModel model = new ComponentColorModel(new ICC_ColorSpace(icc), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
            BufferedImage stored = new BufferedImage(model, picture.getRaster(), false, null);
            return new ColorConvertOp(null).filter(stored, Bgr.blank(picture.getWidth(), picture.getHeight()));
        } catch (RuntimeException broken) { // of several kinds; viewers show such a picture as it is stored
            return picture;
        }
    }

    private static byte[] inJpeg(byte[] file) {
        Map<Integer, byte[]> parts = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = 2;
        while (at + 4 <= file.length && file[at] == (byte) 0xFF && file[at + 1] != (byte) 0xDA) {
            int length = in.getShort(at + 2) & 0xFFFF;
            int from = at + 4 + IN_JPEG.length + 2;
            int to = at + 2 + length;
            if (file[at + 1] == (byte) 0xE2 && from <= to && to <= file.length && startsWith(file, at + 4, IN_JPEG)) {
                parts.put(file[from - 2] & 0xFF, Arrays.copyOfRange(file, from, to));
            }
            at = to;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.values().forEach(whole::writeBytes);
        return parts.isEmpty() ? null : whole.toByteArray();
    }

    private static byte[] inPng(byte[] file) {
        byte[] chunk = chunk(file, "iCCP");
        if (chunk == null) {
            return null;
        }
        int start = 0;
        while (start < chunk.length && chunk[start] != 0) {
            start++;
        }
        start += 2; // the name's end and the method of compression, of which there is one
        if (start >= chunk.length) {
            return null;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk, start, chunk.length - start);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            for (int count = inflater.inflate(some); count > 0 && whole.size() < MOST_BYTES; count = inflater.inflate(some)) {
                whole.write(some, 0, count);
            }
            return whole.toByteArray();
        } catch (DataFormatException broken) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /**
     * The picture as sRGB has its tones, where a PNG states others and no profile (W3C PNG, 11.3.2.2), such as old Macs' or
     * linear light.
     *
     * @param gamma the chunk that states it; null for none
     */
    private static BufferedImage withoutGamma(BufferedImage picture, byte[] gamma) {
        double stated = gamma == null || gamma.length != 4 ? 0 : Integer.toUnsignedLong(ByteBuffer.wrap(gamma).getInt()) / 100_000.0;
        if (!(stated >= SRGB_GAMMA / MOST_TIMES && stated <= SRGB_GAMMA * MOST_TIMES) || Math.abs(stated / SRGB_GAMMA - 1) < SAME_GAMMA) {
            return picture;
        }
        byte[] tones = new byte[256];
        for (int i = 0; i < tones.length; i++) {
            tones[i] = (byte) Math.round(255 * Math.pow(i / 255.0, SRGB_GAMMA / stated));
        }
        byte[] pixels = Bgr.bytes(picture);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = tones[pixels[i] & 0xFF];
        }
        return picture;
    }

    /** @return the content of a PNG's first chunk of a name; null where there is none */
    private static byte[] chunk(byte[] png, String name) {
        return chunk(ByteBuffer.wrap(png), 8, name, 4, 12, 0);
    }

    private static byte[] inWebp(byte[] file) {
        return chunk(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), 12, "ICCP", 0, 8, 1);
    }

    /**
     * @param name     where in a chunk its four letters stand; its length takes the other four bytes
     * @param overhead bytes of a chunk beside its content
     * @param padding  chunks begin at multiples of this plus one
     */
    private static byte[] chunk(ByteBuffer file, int first, String wanted, int name, int overhead, int padding) {
        long at = first;
        while (at + overhead <= file.capacity()) {
            long length = Integer.toUnsignedLong(file.getInt((int) at + 4 - name));
            if (at + overhead + length > file.capacity()) {
                return null;
            }
            if (new String(file.array(), (int) at + name, 4, StandardCharsets.US_ASCII).equals(wanted)) {
                return Arrays.copyOfRange(file.array(), (int) at + 8, (int) (at + 8 + length));
            }
            at += overhead + length + (length & padding);
        }
        return null;
    }

    private static boolean startsWith(byte[] file, int at, byte[] start) {
        return Arrays.equals(file, at, at + start.length, start, 0, start.length);
    }
}
