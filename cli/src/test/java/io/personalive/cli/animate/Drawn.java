package io.personalive.cli.animate;

import io.personalive.media.image.Bgr;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.media.video.VideoWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures, videos and sounds that tests draw themselves. No face detector takes them for a face. */
public final class Drawn {
    static final Color SKY = new Color(40, 60, 200), GROUND = new Color(30, 150, 40);
    private static final int SAMPLE_RATE = 44_100;

    private Drawn() {}

    /** Sky above, ground below, and a ball at a place from 0 (left) to 1. */
    public static BufferedImage picture(int width, int height, Color ball, double at) {
        BufferedImage picture = Bgr.blank(width, height);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(SKY);
        graphics.fillRect(0, 0, width, height / 2);
        graphics.setColor(GROUND);
        graphics.fillRect(0, height / 2, width, height);
        graphics.setColor(ball);
        int size = height / 3;
        graphics.fillOval((int) (at * (width - size)), height / 3, size, size);
        graphics.dispose();
        return picture;
    }

    public static Path portrait(Path file) throws IOException {
        ImageIO.write(picture(200, 160, Color.ORANGE, 0.5), "png", file.toFile());
        return file;
    }

    /** A ball that rolls from left to right; the ending of the name says what kind. */
    public static Path video(Path file, int frames, FrameRate rate, AudioSource audio) {
        try (VideoWriter writer = VideoWriter.open(file, 128, 96, rate, audio)) {
            for (int i = 0; i < frames; i++) {
                writer.write(picture(128, 96, Color.RED, i / (double) Math.max(1, frames - 1)));
            }
        }
        return file;
    }

    /** A tone as a WAV of 16 bits, one channel. */
    public static Path tone(Path file, double seconds) throws IOException {
        int samples = (int) (seconds * SAMPLE_RATE);
        ByteBuffer wav = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + samples * 2).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (12_000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE)));
        }
        return Files.write(file, wav.array());
    }

    public static List<BufferedImage> frames(Path file) {
        List<BufferedImage> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file)) {
            for (BufferedImage frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
