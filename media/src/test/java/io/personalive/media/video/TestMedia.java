package io.personalive.media.video;

import io.personalive.media.PendingFile;
import io.personalive.media.ffmpeg.InputContainer;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Small videos and sounds for tests, and what a file turns out to hold. */
final class TestMedia {
    static final int SAMPLE_RATE = 44_100;

    private TestMedia() {
    }

    /** A frame whose shade tells its number: 20, 25, 30, … */
    static BufferedImage numbered(int width, int height, int number) {
        int shade = 20 + 5 * number;
        return flat(width, height, shade, shade, shade);
    }

    static int number(BufferedImage frame) {
        return Math.round(((frame.getRGB(frame.getWidth() / 2, frame.getHeight() / 2) >> 8 & 255) - 20) / 5f);
    }

    static BufferedImage flat(int width, int height, int red, int green, int blue) {
        BufferedImage picture = Bgr.blank(width, height);
        byte[] bytes = Bgr.bytes(picture);
        for (int i = 0; i < bytes.length; i += 3) {
            bytes[i] = (byte) blue;
            bytes[i + 1] = (byte) green;
            bytes[i + 2] = (byte) red;
        }
        return picture;
    }

    static Path video(Path file, int width, int height, FrameRate rate, int frames, AudioSource audio) {
        try (VideoWriter writer = VideoWriter.open(file, width, height, rate, audio)) {
            for (int i = 0; i < frames; i++) {
                writer.write(numbered(width, height, i));
            }
        }
        return file;
    }

    /** H.264 in an MPEG transport stream, which may be joined to another. @param first number of its first frame */
    static Path transportStream(Path file, int width, int height, int first, int frames) {
        return h264(file, "mpegts", Map.of(), width, height, first, frames);
    }

    /** An MP4 that only those can play who have its key. */
    static Path encrypted(Path file, int frames) {
        return h264(file, "mp4", Map.of("encryption_scheme", "cenc-aes-ctr", "encryption_key", "76a6c65c5ea762046bd749a2e632ccbb",
                "encryption_kid", "a7e61c373e219033c21091fa607bf3b8"), 64, 64, 0, frames);
    }

    private static Path h264(Path file, String muxer, Map<String, String> options, int width, int height, int first, int frames) {
        PendingFile pending = PendingFile.beside(file);
        try (OutputContainer container = new OutputContainer(new FileSink(pending), muxer);
                Encoder encoder = new Encoder(container, "libopenh264", Map.of(), context -> {
                    context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P).bit_rate(1_000_000).gop_size(40);
                    context.time_base(avutil.av_make_q(1, 25)).framerate(avutil.av_make_q(25, 1));
                });
                EncoderFrames pictures = new EncoderFrames(width, height, width, height, avutil.AV_PIX_FMT_YUV420P)) {
            container.start(options);
            for (int i = first; i < first + frames; i++) {
                encoder.encode(pictures.of(numbered(width, height, i), i, 1));
            }
            encoder.encode(null);
            container.finish();
        }
        pending.commit();
        return file;
    }

    static List<Integer> numbers(VideoReader reader) {
        List<Integer> numbers = new ArrayList<>();
        for (BufferedImage frame = reader.next(); frame != null; frame = reader.next()) {
            numbers.add(number(frame));
        }
        return numbers;
    }

    /** A WAV of 16 bits, one channel: silent, then a tone from a given moment on. */
    static Path wav(Path file, double seconds, double toneFrom) throws IOException {
        int samples = (int) (seconds * SAMPLE_RATE);
        ByteBuffer wav = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + samples * 2).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (i < toneFrom * SAMPLE_RATE ? 0 : 12_000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE)));
        }
        return Files.write(file, wav.array());
    }

    /**
     * @param codec   its short name
     * @param seconds from the file's zero to the end of the last sample
     * @param toneAt  where the first loud sample lies, seconds
     */
    record Sound(String codec, double seconds, double toneAt) {
    }

    /** What the sound of a file is; null if there is none. Samples before the file's zero, which players hide, are left out. */
    static Sound sound(Path file) {
        try (InputContainer input = new InputContainer(file)) {
            AVStream stream = input.audio();
            if (stream == null) {
                return null;
            }
            AVCodecContext decoder = input.decoder(stream);
            AVPacket packet = avcodec.av_packet_alloc();
            AVFrame frame = avutil.av_frame_alloc();
            double end = 0;
            double tone = -1;
            boolean more = true;
            while (more) {
                more = input.read(packet) >= 0;
                if (more && packet.stream_index() != stream.index()) {
                    avcodec.av_packet_unref(packet);
                    continue;
                }
                avcodec.avcodec_send_packet(decoder, more ? packet : null);
                avcodec.av_packet_unref(packet);
                while (avcodec.avcodec_receive_frame(decoder, frame) == 0) {
                    double at = (double) frame.best_effort_timestamp() * stream.time_base().num() / stream.time_base().den();
                    ByteBuffer samples = frame.data(0).limit(frame.nb_samples() * 4L).asByteBuffer().order(ByteOrder.nativeOrder());
                    for (int i = 0; i < frame.nb_samples() && tone < 0; i++) {
                        tone = Math.abs(samples.getFloat(i * 4)) > 0.1 ? at + (double) i / frame.sample_rate() : -1;
                    }
                    end = at + (double) frame.nb_samples() / frame.sample_rate();
                }
            }
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(decoder);
            return new Sound(avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString(), end, tone);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where a text first stands in a file. */
    static int find(byte[] in, String text) {
        return new String(in, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
