package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.ffmpeg.InputContainer;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.PointerPointer;

/** Sound decoded and encoded anew, for codecs that the container can't hold; begins and ends to the sample. */
final class TranscodedAudio extends AudioTrack {
    private static final int SAMPLE_RATE = 48_000;
    /** A smaller step between neighbouring packets is rounding, a larger one a pause in the recording, seconds. */
    private static final double SMALLEST_PAUSE = 0.1;

    private final AVCodecContext decoder;
    private final Encoder encoder;
    private final SwrContext resampler;
    private final AVAudioFifo queue;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame decoded = avutil.av_frame_alloc();
    private final AVFrame resampled = avutil.av_frame_alloc();
    private final AVFrame chunk = avutil.av_frame_alloc();
    /** Samples that went into the queue, and that came out of it. */
    private long queued;
    private long encoded;
    private boolean ended;

    TranscodedAudio(InputContainer input, AudioSource from, OutputContainer container, VideoFormat format) {
        super(input, from);
        int channels = Math.min(2, Math.max(1, source.codecpar().ch_layout().nb_channels()));
        AVCodecContext opened = null;
        try {
            opened = input.decoder(source);
            encoder = new Encoder(container, format.sound.encoder, Map.of(), context -> {
                context.sample_rate(SAMPLE_RATE);
                context.sample_fmt(format.sound.sampleFormat);
                avutil.av_channel_layout_default(context.ch_layout(), channels);
                context.time_base(avutil.av_make_q(1, SAMPLE_RATE));
                context.bit_rate(format.sound.bitRate);
            });
        } catch (RuntimeException e) {
            avcodec.avcodec_free_context(opened);
            freeFrames();
            throw e;
        }
        decoder = opened;
        resampler = Ffmpeg.allocated(swresample.swr_alloc(), "a resampler");
        queue = Ffmpeg.allocated(avutil.av_audio_fifo_alloc(encoder.context.sample_fmt(), channels, SAMPLE_RATE), "a queue of sound");
    }

    @Override
    void writeUntil(double seconds) {
        long limit = Math.round(seconds * SAMPLE_RATE);
        while (!ended && queued < limit) {
            decodeSome();
        }
        int size = encoder.context.frame_size();
        while (encoded + size <= limit && avutil.av_audio_fifo_size(queue) >= size) {
            encode(size);
        }
    }

    @Override
    void finish(double seconds) {
        writeUntil(seconds);
        long rest = Math.min(Math.round(seconds * SAMPLE_RATE) - encoded, avutil.av_audio_fifo_size(queue));
        if (rest > 0) {
            encode((int) rest);
        }
        encoder.encode(null);
    }

    private void decodeSome() {
        int received = avcodec.avcodec_receive_frame(decoder, decoded);
        if (received == avutil.AVERROR_EAGAIN()) {
            // A damaged packet is a gap, which the next one's time shows.
            avcodec.avcodec_send_packet(decoder, readPacket(packet) ? packet : null);
            avcodec.av_packet_unref(packet);
            return;
        }
        if (received == avutil.AVERROR_EOF()) {
            ended = true;
            return;
        }
        Ffmpeg.check(received, input.file + ": its sound can't be decoded");
        enqueue();
    }

    private void enqueue() {
        shape(resampled, 0);
        if (decoded.ch_layout().order() == AV_CHANNEL_ORDER_UNSPEC) {
            // Plain WAV says how many channels there are, not which; the resampler wants to know.
            avutil.av_channel_layout_default(decoded.ch_layout(), decoded.ch_layout().nb_channels());
        }
        int converted = swresample.swr_convert_frame(resampler, resampled, decoded);
        if (converted == avutil.AVERROR_INPUT_CHANGED) {
            // Broadcasts change from stereo to surround and back; the resampler is set up anew by its next frame.
            swresample.swr_close(resampler);
            converted = swresample.swr_convert_frame(resampler, resampled, decoded);
        }
        Ffmpeg.check(converted, input.file + ": its sound can't be resampled");
        long time = decoded.best_effort_timestamp();
        long missing = time == AV_NOPTS_VALUE ? 0 : Math.round(relative(time) * SAMPLE_RATE) - queued;
        int samples = resampled.nb_samples();
        if (missing > 0 && (queued == 0 || missing > SMALLEST_PAUSE * SAMPLE_RATE)) {
            silence(missing);
        } else if (missing < 0 && queued == 0 && -missing >= samples) {
            samples = 0; // All of it lies before the start.
        }
        if (samples > 0) {
            avutil.av_audio_fifo_write(queue, resampled.extended_data(), samples);
            int early = missing < 0 && queued == 0 ? (int) -missing : 0;
            avutil.av_audio_fifo_drain(queue, early);
            queued += samples - early;
        }
        avutil.av_frame_unref(resampled);
        avutil.av_frame_unref(decoded);
    }

    private void silence(long samples) {
        for (long left = Math.min(samples, 60L * SAMPLE_RATE); left > 0; left -= SAMPLE_RATE) {
            int count = (int) Math.min(left, SAMPLE_RATE);
            shape(chunk, count);
            try (PointerPointer<?> planes = chunk.extended_data()) {
                avutil.av_samples_set_silence(planes, 0, count, encoder.context.ch_layout().nb_channels(), encoder.context.sample_fmt());
                avutil.av_audio_fifo_write(queue, planes, count);
            }
            queued += count;
            avutil.av_frame_unref(chunk);
        }
    }

    private void encode(int samples) {
        shape(chunk, samples);
        avutil.av_audio_fifo_read(queue, chunk.extended_data(), samples);
        chunk.pts(encoded);
        encoded += samples;
        encoder.encode(chunk);
        avutil.av_frame_unref(chunk);
    }

    /** Makes an empty frame one of so many samples in the encoder's form; with 0 the resampler sets the number. */
    private void shape(AVFrame frame, int samples) {
        frame.format(encoder.context.sample_fmt());
        frame.sample_rate(SAMPLE_RATE);
        avutil.av_channel_layout_copy(frame.ch_layout(), encoder.context.ch_layout());
        frame.nb_samples(samples);
        if (samples > 0) {
            Ffmpeg.check(avutil.av_frame_get_buffer(frame, 0), "a frame of sound");
        }
    }

    private void freeFrames() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(decoded);
        avutil.av_frame_free(resampled);
        avutil.av_frame_free(chunk);
    }

    @Override
    public void close() {
        freeFrames();
        avutil.av_audio_fifo_free(queue);
        swresample.swr_free(resampler);
        encoder.close();
        avcodec.avcodec_free_context(decoder);
        super.close();
    }
}
