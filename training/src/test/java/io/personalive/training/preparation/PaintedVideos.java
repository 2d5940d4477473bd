package io.personalive.training.preparation;

import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.media.image.Bgr;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Videos for tests, as a camera has them: the program's painted portrait, which sways, and cuts to another shot of it. */
public final class PaintedVideos {
    /** Frames of a shot, more than a second. */
    public static final int SHOT = 24;
    private static final FrameRate RATE = new FrameRate(20, 1);
    private static final int SIDE = 288;

    private PaintedVideos() {}

    /** @param shots of {@value #SHOT} frames each */
    public static void write(Path file, int shots) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage portrait = PaintedPortrait.picture();
        try (VideoWriter video = VideoWriter.recording(file, SIDE, SIDE, RATE)) {
            for (int i = 0; i < shots * SHOT; i++) {
                video.write(frame(portrait, i / SHOT, i % SHOT));
            }
        }
    }

    private static BufferedImage frame(BufferedImage portrait, int shot, int at) {
        BufferedImage frame = Bgr.blank(SIDE, SIDE);
        Graphics2D pen = frame.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        if (shot % 2 == 1) { // the other camera sees it mirrored, and in another light
            pen.translate(SIDE, 0);
            pen.scale(-1, 1);
        }
        pen.translate(4 * Math.sin(0.3 * at), 3 * Math.cos(0.2 * at));
        pen.rotate(0.04 * Math.sin(0.25 * at), SIDE / 2.0, SIDE);
        pen.drawImage(portrait, -8, -8, SIDE + 16, SIDE + 16, null);
        pen.dispose();
        return shot % 2 == 1 ? darkened(frame) : frame;
    }

    private static BufferedImage darkened(BufferedImage frame) {
        byte[] bytes = Bgr.bytes(frame);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((bytes[i] & 0xFF) * 2 / 3);
        }
        return frame;
    }
}
