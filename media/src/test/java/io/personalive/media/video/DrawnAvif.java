package io.personalive.media.video;

import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;

/** AVIF files as phones make them: a picture cut into parts, which players join, and turned by the file's word. */
final class DrawnAvif {
    private DrawnAvif() {
    }

    /** One picture, by FFmpeg. */
    static Path single(Path file, BufferedImage picture) {
        int width = picture.getWidth(), height = picture.getHeight();
        PendingFile pending = PendingFile.beside(file);
        try (OutputContainer container = new OutputContainer(new FileSink(pending), "avif");
                Encoder encoder = new Encoder(container, "libaom-av1", Map.of("still-picture", "1", "crf", "10", "cpu-used", "8"), context -> {
                    context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
                    context.time_base(avutil.av_make_q(1, 25)).framerate(avutil.av_make_q(25, 1));
                    context.colorspace(avutil.AVCOL_SPC_BT709).color_range(avutil.AVCOL_RANGE_MPEG);
                });
                EncoderFrames frames = new EncoderFrames(width, height, width, height, avutil.AV_PIX_FMT_YUV420P)) {
            container.start(Map.of());
            encoder.encode(frames.of(picture, 0, 1));
            encoder.encode(null);
            container.finish();
        }
        pending.commit();
        return file;
    }

    /**
     * Two pictures of one size, one beside the other.
     *
     * @param width  of the whole, pixels: what the parts hold beyond is hidden
     * @param turned quarter turns to the left
     */
    static Path grid(Path file, BufferedImage left, BufferedImage right, int width, int turned) throws IOException {
        byte[][] parts = {Files.readAllBytes(single(file, left)), Files.readAllBytes(single(file, right))};
        byte[] coding = box(parts[0], "av1C");
        byte[][] data = {content(parts[0], "mdat"), content(parts[1], "mdat"),
            bytes(8).put(new byte[] {0, 0, 0, 1}).putShort((short) width).putShort((short) left.getHeight()).array()};
        byte[] head = concat(box("ftyp", "avif".getBytes(StandardCharsets.US_ASCII), new byte[4], "avifmif1".getBytes(StandardCharsets.US_ASCII)), meta(data, coding, left, width, turned, 0));
        byte[] whole = concat(box("ftyp", "avif".getBytes(StandardCharsets.US_ASCII), new byte[4], "avifmif1".getBytes(StandardCharsets.US_ASCII)), meta(data, coding, left, width, turned, head.length + 8),
                box("mdat", data));
        return Files.write(file, whole);
    }

    /** Items 1 and 2 are the parts, 3 joins them. @param first where the first item's data stand in the file */
    private static byte[] meta(byte[][] data, byte[] coding, BufferedImage part, int width, int turned, int first) {
        ByteArrayOutputStream places = new ByteArrayOutputStream();
        places.writeBytes(bytes(8).putInt(0).put((byte) 0x44).put((byte) 0).putShort((short) 3).array());
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        items.writeBytes(bytes(6).putInt(0).putShort((short) 3).array());
        int at = first;
        for (int i = 0; i < 3; i++) {
            places.writeBytes(bytes(14).putShort((short) (i + 1)).putShort((short) 0).putShort((short) 1).putInt(at).putInt(data[i].length).array());
            at += data[i].length;
            int hidden = i < 2 ? 1 : 0;
            items.writeBytes(box("infe", bytes(13).putInt(2 << 24 | hidden).putShort((short) (i + 1)).putShort((short) 0)
                    .put((i < 2 ? "av01" : "grid").getBytes(StandardCharsets.US_ASCII)).put((byte) 0).array()));
        }
        byte[] sizes = concat(size(part.getWidth(), part.getHeight()), coding, size(width, part.getHeight()), box("irot", new byte[] {(byte) turned}));
        byte[] owners = bytes(8 + 3 * 5).putInt(0).putInt(3)
                .put(new byte[] {0, 1, 2, 1, (byte) 0x82}).put(new byte[] {0, 2, 2, 1, (byte) 0x82}).put(new byte[] {0, 3, 2, 3, (byte) 0x84}).array();
        return box("meta", new byte[4],
                box("hdlr", bytes(25).putInt(0).putInt(0).put("pict".getBytes(StandardCharsets.US_ASCII)).array()),
                box("pitm", bytes(6).putInt(0).putShort((short) 3).array()),
                box("iloc", places.toByteArray()), box("iinf", items.toByteArray()),
                box("iref", new byte[4], box("dimg", bytes(8).putShort((short) 3).putShort((short) 2).putShort((short) 1).putShort((short) 2).array())),
                box("iprp", box("ipco", sizes), box("ipma", owners)));
    }

    private static byte[] size(int width, int height) {
        return box("ispe", bytes(12).putInt(0).putInt(width).putInt(height).array());
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private static byte[] box(String name, byte[]... contents) {
        byte[] content = concat(contents);
        return bytes(8 + content.length).putInt(8 + content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content).array();
    }

    /** A box of a file, whole. */
    private static byte[] box(byte[] file, String name) {
        int at = TestMedia.find(file, name) - 4;
        return Arrays.copyOfRange(file, at, at + ByteBuffer.wrap(file).getInt(at));
    }

    private static byte[] content(byte[] file, String name) {
        byte[] box = box(file, name);
        return Arrays.copyOfRange(box, 8, box.length);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
