package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;

import java.util.Map;
import java.util.Set;

/** What goes into an MP4 and a WebM file. */
enum VideoFormat {
    /** OpenH264 in its bit rate mode with bounded quantisers: good pictures first, small files second. */
    MP4("mp4", "libopenh264", Map.of("rc_mode", "quality", "profile", "high", "coder", "cabac"), "aac", 160_000,
            Set.of(AV_CODEC_ID_AAC, AV_CODEC_ID_MP3), Map.of("movflags", "+faststart")),
    WEBM("webm", "libvpx-vp9", Map.of("deadline", "realtime", "cpu-used", "6", "row-mt", "1", "crf", "22"), "libopus", 128_000,
            Set.of(AV_CODEC_ID_OPUS, AV_CODEC_ID_VORBIS), Map.of());

    final String muxer;
    final String encoder;
    final Map<String, String> encoderOptions;
    final String audioEncoder;
    final int audioBitRate;
    /** Sound in these codecs is taken over as it is. */
    final Set<Integer> audioCopied;
    final Map<String, String> muxerOptions;

    VideoFormat(String muxer, String encoder, Map<String, String> encoderOptions, String audioEncoder, int audioBitRate,
            Set<Integer> audioCopied, Map<String, String> muxerOptions) {
        this.muxer = muxer;
        this.encoder = encoder;
        this.encoderOptions = encoderOptions;
        this.audioEncoder = audioEncoder;
        this.audioBitRate = audioBitRate;
        this.audioCopied = audioCopied;
        this.muxerOptions = muxerOptions;
    }
}
