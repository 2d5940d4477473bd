package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Devices;
import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.ffmpeg.FramePictures;
import io.personalive.media.ffmpeg.InputContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A camera, or a stream from a server: pictures are given out as they come, none is held back. */
public final class LiveInput implements PictureStream {
    /** What cameras give where they don't say. */
    private static final FrameRate USUAL = new FrameRate(30, 1);
    private static final double HIGHEST_RATE = 240;
    /** How long a source may be silent before it counts as gone. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final AVFormatContext context = avformat.avformat_alloc_context();
    private final Waiting waiting = new Waiting();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AVStream stream;
    private final AVCodecContext decoder;
    private final FramePictures pictures;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private long first = AV_NOPTS_VALUE;
    private long last = -1;

    private LiveInput(String name, String address, AVInputFormat format, Map<String, String> options) {
        this.name = name;
        AVIOInterruptCB interrupt = context.interrupt_callback();
        interrupt.callback(waiting);
        opened.add(() -> avformat.avformat_close_input(context));
        opened.add(() -> avcodec.av_packet_free(packet));
        opened.add(() -> avutil.av_frame_free(frame));
        AVDictionary dictionary = new AVDictionary(null);
        options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
        try (BytePointer url = new BytePointer(address, StandardCharsets.UTF_8)) {
            waiting.begin();
            check(avformat.avformat_open_input(context, url, format, dictionary));
            avformat.avformat_find_stream_info(context, (PointerPointer<?>) null);
            stream = InputContainer.chosen(context, AVMEDIA_TYPE_VIDEO);
            if (stream == null || stream.codecpar().width() <= 0) {
                throw new MediaException(name + " gives no pictures");
            }
            decoder = InputContainer.decoder(stream, name, codec -> {
                codec.thread_count(1); // several would hold frames back
                codec.flags(codec.flags() | AV_CODEC_FLAG_LOW_DELAY);
            });
            opened.add(() -> avcodec.avcodec_free_context(decoder));
            pictures = Ffmpeg.opened(new FramePictures(stream), opened);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        } finally {
            avutil.av_dict_free(dictionary);
        }
    }

    /**
     * Opens a camera.
     *
     * @param device on Linux its file ({@code /dev/video0}), on macOS its number or name, on Windows its name
     * @throws MediaException if there is none, or another program has it
     */
    public static LiveInput camera(String device) {
        String system = System.getProperty("os.name");
        String api = system.startsWith("Mac") ? "avfoundation" : system.startsWith("Windows") ? "dshow" : "v4l2";
        if (api.equals("v4l2") && device.startsWith("/") && !Files.exists(Path.of(device))) {
            throw new MediaException("the camera " + device + " can't be opened: there is no such device, see ls /dev/video*");
        }
        Devices.load();
        AVInputFormat format = avformat.av_find_input_format(api);
        if (format == null || format.isNull()) {
            throw new MediaException("cameras can't be used here: this build of FFmpeg has no " + api);
        }
        String address = api.equals("dshow") && !device.startsWith("video=") ? "video=" + device : device;
        Map<String, String> options = api.equals("v4l2") ? Map.of("video_size", "640x480")
                : Map.of("video_size", "640x480", "framerate", "30");
        return new LiveInput("the camera " + device, address, format, options);
    }

    /** Whether this is an address of a server that {@link #server} connects to. */
    public static boolean isServer(String address) {
        return address.matches("(?:rtmps?|rtsps?|srt|https?)://.+");
    }

    /**
     * Connects to a server.
     *
     * @param address rtmp, rtmps, rtsp, rtsps, srt, http or https
     * @throws MediaException if it can't be reached or gives no pictures
     */
    public static LiveInput server(String address) {
        String name = new StreamSink(address).name();
        Map<String, String> options = address.startsWith("rtsp") ? Map.of("rtsp_transport", "tcp", "fflags", "nobuffer", "analyzeduration", "1000000")
                : Map.of("fflags", "nobuffer", "analyzeduration", "1000000", "protocol_whitelist", "rtmp,rtmps,rtp,srt,http,https,tcp,udp,tls,crypto,hls");
        return new LiveInput(name, address, null, options);
    }

    private void check(int code) {
        if (code < 0) {
            throw new MediaException(name + " can't be opened: " + (waiting.over() ? "nothing came for " + PATIENCE / 1_000_000_000 + " s" : Ffmpeg.explain(code)));
        }
    }

    @Override
    public TimedPicture next() {
        while (!waiting.stopped) {
            int received = avcodec.avcodec_receive_frame(decoder, frame);
            if (received == 0) {
                return new TimedPicture(pictures.picture(frame), nanoseconds());
            }
            if (received != avutil.AVERROR_EAGAIN()) {
                return null;
            }
            feed();
        }
        return null;
    }

    private void feed() {
        waiting.begin();
        int read = avformat.av_read_frame(context, packet);
        if (read == avutil.AVERROR_EAGAIN()) {
            return;
        }
        if (read < 0 && read != avutil.AVERROR_EOF() && !waiting.stopped) {
            throw new MediaException(name + " is gone: " + (waiting.over() ? "nothing came for " + PATIENCE / 1_000_000_000 + " s" : Ffmpeg.explain(read)));
        }
        if (read >= 0 && packet.stream_index() != stream.index()) {
            avcodec.av_packet_unref(packet);
            return;
        }
        // damaged packets are a matter for the next keyframe
        avcodec.avcodec_send_packet(decoder, read < 0 ? null : packet);
        avcodec.av_packet_unref(packet);
    }

    /** From the first picture on. */
    private long nanoseconds() {
        long pts = frame.best_effort_timestamp();
        if (first == AV_NOPTS_VALUE) {
            first = pts;
        }
        AVRational base = stream.time_base();
        long at = pts == AV_NOPTS_VALUE ? last + Math.round(frameRate().seconds(1) * 1e9) : Math.round((double) (pts - first) * base.num() / base.den() * 1e9);
        last = Math.max(last, at);
        return last;
    }

    @Override
    public FrameRate frameRate() {
        AVRational said = stream.avg_frame_rate();
        double perSecond = said.den() > 0 ? (double) said.num() / said.den() : 0;
        return perSecond < 1 || perSecond > HIGHEST_RATE ? USUAL : FrameRate.near(perSecond);
    }

    @Override
    public void stop() {
        waiting.stopped = true;
    }

    @Override
    public void close() {
        Ffmpeg.closeAll(opened);
        waiting.close();
    }

    /** Asked by FFmpeg while it waits: whether it is to give up. */
    private static final class Waiting extends AVIOInterruptCB.Callback_Pointer {
        private volatile boolean stopped;
        private volatile long begun;

        private void begin() {
            begun = System.nanoTime();
        }

        private boolean over() {
            return System.nanoTime() - begun > PATIENCE;
        }

        @Override
        public int call(Pointer opaque) {
            return stopped || over() ? 1 : 0;
        }
    }
}
