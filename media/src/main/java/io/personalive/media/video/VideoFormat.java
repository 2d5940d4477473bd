package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import java.util.Map;
import java.util.Set;

/** What goes into a container, and how. */
enum VideoFormat {
    /** OpenH264 in its bit rate mode with bounded quantisers: good pictures first, small files second. */
    MP4("mp4", "libopenh264", Codecs.GOOD_H264, 0.35, 26, Sound.AAC, Map.of("movflags", "+faststart")),
    WEBM("webm", "libvpx-vp9", Map.of("deadline", "realtime", "cpu-used", "6", "row-mt", "1", "crf", "22"), 0, 0, Sound.OPUS,
            // a cluster waits in memory until it is whole, and has to find room where the disk is full
            Map.of("cluster_size_limit", "262144")),
    /** For RTMP: an even bit rate, and every frame is sent at once. */
    FLV("flv", "libopenh264", Codecs.EVEN_H264, 0.2, 40, Sound.AAC_ALONE, Map.of("flvflags", "no_duration_filesize", "flush_packets", "1")),
    /** For SRT. */
    MPEG_TS("mpegts", "libopenh264", Codecs.EVEN_H264, 0.2, 40, Sound.AAC, Map.of("flush_packets", "1")),
    /** MP4 that can be played from any fragment on: for a program that takes it piece by piece. */
    FRAGMENTS("mp4", "libopenh264", Codecs.EVEN_H264, 0.2, 40, Sound.AAC,
            Map.of("movflags", "+frag_every_frame+empty_moov+default_base_moof", "flush_packets", "1")),
    /** For a virtual camera: pictures as they are. */
    CAMERA("v4l2", "rawvideo", Map.of(), 0, 0, Sound.AAC, Map.of());

    final String muxer;
    final String encoder;
    final Map<String, String> encoderOptions;
    /** What the encoder aims at: a talking head looks clean with a tenth; 0 where it aims at a quality. */
    final double bitsPerPixel;
    /** The coarsest quantiser that it may use. */
    final int coarsest;
    final Sound sound;
    final Map<String, String> muxerOptions;

    VideoFormat(String muxer, String encoder, Map<String, String> encoderOptions, double bitsPerPixel, int coarsest, Sound sound,
            Map<String, String> muxerOptions) {
        this.muxer = muxer;
        this.encoder = encoder;
        this.encoderOptions = encoderOptions;
        this.bitsPerPixel = bitsPerPixel;
        this.coarsest = coarsest;
        this.sound = sound;
        this.muxerOptions = muxerOptions;
    }

    /** How sound is stored. */
    enum Sound {
        AAC("aac", 160_000, AV_SAMPLE_FMT_FLTP, Set.of(AV_CODEC_ID_AAC, AV_CODEC_ID_MP3)),
        /** FLV takes MP3 of a few rates only. */
        AAC_ALONE("aac", 160_000, AV_SAMPLE_FMT_FLTP, Set.of(AV_CODEC_ID_AAC)),
        OPUS("libopus", 128_000, AV_SAMPLE_FMT_FLT, Set.of(AV_CODEC_ID_OPUS, AV_CODEC_ID_VORBIS));

        final String encoder;
        final int bitRate;
        final int sampleFormat;
        /** Sound in these codecs is taken over as it is. */
        final Set<Integer> copied;

        Sound(String encoder, int bitRate, int sampleFormat, Set<Integer> copied) {
            this.encoder = encoder;
            this.bitRate = bitRate;
            this.sampleFormat = sampleFormat;
            this.copied = copied;
        }
    }

    private static final class Codecs {
        static final Map<String, String> GOOD_H264 = Map.of("rc_mode", "quality", "profile", "high", "coder", "cabac");
        static final Map<String, String> EVEN_H264 = Map.of("rc_mode", "bitrate", "profile", "high", "coder", "cabac");
    }
}
