package io.personalive.media.picture;

import io.personalive.media.picture.PictureHeader.Format;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The fields of a TIFF's first picture (TIFF 6.0, section 2). */
final class TiffFields {
    private static final int WIDTH = 256, HEIGHT = 257;
    private static final int FIELD_BYTES = 12;
    private static final int SHORT = 3;
    /** More than any picture has. */
    private static final int MOST_FIELDS = 4096;

    private TiffFields() {
    }

    /**
     * @param magic the file's first four bytes
     * @param in    what follows
     * @return null if it doesn't say its size
     */
    static PictureHeader header(int magic, DataInputStream in) throws IOException {
        ByteBuffer start = ordered(ByteBuffer.allocate(8).putInt(magic).putInt(in.readInt()).array());
        in.skipNBytes(Math.max(0, Integer.toUnsignedLong(start.getInt(4)) - 8));
        ByteBuffer fields = start.putInt(4, 8);
        byte[] read = in.readNBytes(2 + MOST_FIELDS * FIELD_BYTES);
        ByteBuffer file = ordered(ByteBuffer.allocate(8 + read.length).put(fields.array()).put(read).array());
        int width = field(file, WIDTH), height = field(file, HEIGHT);
        return width < 0 || height < 0 ? null : new PictureHeader(Format.TIFF, number(file, width), number(file, height), false);
    }

    private static int number(ByteBuffer file, int at) {
        return file.getShort(at + 2) == SHORT ? file.getShort(at + 8) & 0xFFFF : file.getInt(at + 8);
    }

    /** @return what a field of bytes holds; null if there is none */
    static byte[] bytes(byte[] file, int tag) {
        ByteBuffer in = ordered(file);
        int at = field(in, tag);
        if (at < 0) {
            return null;
        }
        int length = in.getInt(at + 4), from = length <= 4 ? at + 8 : in.getInt(at + 8);
        return length < 0 || from < 0 || (long) from + length > file.length ? null : Arrays.copyOfRange(file, from, from + length);
    }

    private static ByteBuffer ordered(byte[] file) {
        return ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    /** Where a field stands; -1 if it doesn't. */
    private static int field(ByteBuffer in, int tag) {
        int first = in.capacity() < 8 ? -1 : in.getInt(4);
        if (first < 8 || first > in.capacity() - 2) {
            return -1;
        }
        int count = in.getShort(first) & 0xFFFF;
        for (int i = 0, at = first + 2; i < count && at + FIELD_BYTES <= in.capacity(); i++, at += FIELD_BYTES) {
            if ((in.getShort(at) & 0xFFFF) == tag) {
                return at;
            }
        }
        return -1;
    }
}
