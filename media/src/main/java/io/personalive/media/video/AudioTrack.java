package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.ffmpeg.InputContainer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** The sound of a video being written: taken from a source as the pictures advance. */
abstract class AudioTrack implements AutoCloseable {
    final InputContainer input;
    final AVStream source;
    /** Which moment of the source is the written video's zero, seconds. */
    final double startSeconds;

    AudioTrack(InputContainer input, AudioSource from) {
        this.input = input;
        source = input.audio();
        startSeconds = from.startSeconds();
    }

    /**
     * Adds a stream of sound to a container that is not started yet: copied if the container takes the source's codec,
     * else encoded anew.
     *
     * @throws MediaException if the source holds no sound or it can't be decoded
     */
    static AudioTrack open(AudioSource from, OutputContainer container, VideoFormat format) {
        InputContainer input = new InputContainer(from.file());
        try {
            AVStream source = input.audio();
            if (source == null) {
                throw new MediaException(from.file() + " holds no sound");
            }
            // MP4 takes MP3 of 16 kHz and more only.
            boolean hasHeader = source.codecpar().codec_id() == avcodec.AV_CODEC_ID_MP3
                    ? source.codecpar().sample_rate() >= 16_000 : source.codecpar().extradata_size() > 0;
            AudioTrack track = format.sound.copied.contains(source.codecpar().codec_id()) && hasHeader
                    ? new CopiedAudio(input, from, container, format) : new TranscodedAudio(input, from, container, format);
            if (from.position() >= 0) {
                input.seekByte(from.position());
            } else if (from.startSeconds() > 1) {
                // A little early: decoders need the packet before, and seeking need not be exact.
                input.seek(source, Math.round((from.startSeconds() - 0.5) * source.time_base().den() / source.time_base().num()));
            }
            return track;
        } catch (RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** Writes the sound up to a moment of the written video, seconds. */
    abstract void writeUntil(double seconds);

    /** Writes the sound up to the end of the written video and whatever is still held back. */
    abstract void finish(double seconds);

    /** @return whether the packet holds the next one of the sound; false at the end */
    final boolean readPacket(AVPacket packet) {
        while (true) {
            int read = input.read(packet);
            if (read == avutil.AVERROR_EOF()) {
                return false;
            }
            Ffmpeg.check(read, input.file + " is damaged");
            if (packet.stream_index() == source.index()) {
                return true;
            }
            avcodec.av_packet_unref(packet);
        }
    }

    /** In which the source counts, seconds. */
    final double tick() {
        return (double) source.time_base().num() / source.time_base().den();
    }

    /** A time of the source on the written video's clock, seconds. */
    final double relative(long timestamp) {
        return timestamp * tick() - startSeconds;
    }

    @Override
    public void close() {
        input.close();
    }
}
