package io.personalive.media.video;

import io.personalive.media.AiMark;
import io.personalive.media.PendingFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts the mark's XMP packet into finished files, where FFmpeg itself writes comments at most. */
final class XmpAppender {
    /** Adobe's XMP specification, part 3: the identifier of an XMP box in MP4. */
    private static final long[] XMP_UUID = {0xBE7ACFCB97A942E8L, 0x9C71999491E3AFACL};
    private static final int GIF_TRAILER = 0x3B;

    private XmpAppender() {
    }

    /** A box of its own after all others. */
    static void toMp4(PendingFile file) {
        byte[] xmp = AiMark.xmp();
        ByteBuffer box = ByteBuffer.allocate(24 + xmp.length).putInt(24 + xmp.length)
                .put("uuid".getBytes(StandardCharsets.US_ASCII)).putLong(XMP_UUID[0]).putLong(XMP_UUID[1]).put(xmp);
        append(file, 0, box.array());
    }

    /** An application extension, as the XMP specification describes it, and a comment, in place of the trailer. */
    static void toGif(PendingFile file) {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        byte[] comment = AiMark.COMMENT.getBytes(StandardCharsets.US_ASCII);
        blocks.writeBytes(new byte[] {0x21, (byte) 0xFE, (byte) comment.length});
        blocks.writeBytes(comment);
        blocks.write(0);
        blocks.writeBytes(new byte[] {0x21, (byte) 0xFF, 11});
        blocks.writeBytes("XMP DataXMP".getBytes(StandardCharsets.US_ASCII));
        blocks.writeBytes(AiMark.xmp());
        // The packet isn't cut into blocks; whichever byte of it is taken for a length, this ramp leads a reader to the end.
        blocks.write(1);
        for (int value = 255; value >= 0; value--) {
            blocks.write(value);
        }
        blocks.write(0);
        blocks.write(GIF_TRAILER);
        append(file, 1, blocks.toByteArray());
    }

    private static void append(PendingFile file, int replaced, byte[] bytes) {
        try (RandomAccessFile end = new RandomAccessFile(file.temporary().toFile(), "rw")) {
            end.seek(end.length() - replaced);
            end.write(bytes);
        } catch (IOException e) {
            throw file.failed(e.getMessage(), e);
        }
    }
}
