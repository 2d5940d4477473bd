package io.personalive.media.picture;

import io.personalive.media.picture.PictureHeader.Format;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a HEIC or AVIF file says of itself (ISO/IEC 23008-12): pictures in the container that videos come in too. */
final class IsoPicture {
    private static final Set<String> STILL = Set.of("heic", "heix", "heim", "heis", "mif1", "miaf", "avif");
    private static final Set<String> MOVING = Set.of("hevc", "hevx", "msf1", "avis");
    /** In what comes first of a file the sizes stand. */
    private static final int LOOKED_AT = 1 << 20;

    private IsoPicture() {
    }

    /**
     * @param boxLength the file's first four bytes
     * @param in        what follows
     * @return null if it is none; with the largest size that is stated: parts and previews have smaller ones
     */
    static PictureHeader header(int boxLength, DataInputStream in) throws IOException {
        if (boxLength < 16 || boxLength > 4096 || in.readInt() != PictureHeader.fourLetters("ftyp")) {
            return null;
        }
        byte[] brand = in.readNBytes(4);
        String name = new String(brand, StandardCharsets.US_ASCII);
        if (!STILL.contains(name) && !MOVING.contains(name)) {
            return null;
        }
        byte[] start = in.readNBytes(LOOKED_AT);
        int width = 0, height = 0;
        for (int at = 0; at + 16 <= start.length; at++) {
            if (PictureHeader.bigEndian(start, at) == PictureHeader.fourLetters("ispe")) {
                int w = PictureHeader.bigEndian(start, at + 8), h = PictureHeader.bigEndian(start, at + 12);
                if ((long) w * h > (long) width * height) {
                    width = w;
                    height = h;
                }
            }
        }
        return new PictureHeader(Format.HEIF, width, height, MOVING.contains(name));
    }
}
