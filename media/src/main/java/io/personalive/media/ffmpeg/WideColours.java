package io.personalive.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE431;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Maps frames with more colours (BT.2020, Display P3) or more light (PQ, HLG) to what the target frame states. */
final class WideColours implements AutoCloseable {
    private final SwsContext mapper;

    /** @param flags of swscale */
    WideColours(int flags) {
        mapper = Ffmpeg.allocated(swscale.sws_alloc_context(), "a converter of frames");
        mapper.flags(flags);
    }

    /** Whether a frame states such colours or light. */
    static boolean has(AVFrame frame) {
        int primaries = frame.color_primaries();
        return hasMoreLight(frame) || primaries == AVCOL_PRI_BT2020 || primaries == AVCOL_PRI_SMPTE431 || primaries == AVCOL_PRI_SMPTE432;
    }

    private static boolean hasMoreLight(AVFrame frame) {
        return frame.color_trc() == AVCOL_TRC_SMPTE2084 || frame.color_trc() == AVCOL_TRC_ARIB_STD_B67;
    }

    void convert(AVFrame frame, AVFrame target) {
        // Where only the colours differ, tones stay as they are stored, as they do in all other frames.
        target.color_trc(hasMoreLight(frame) ? AVCOL_TRC_BT709 : frame.color_trc());
        Ffmpeg.check(swscale.sws_scale_frame(mapper, target, frame), "a frame can't be converted");
    }

    @Override
    public void close() {
        swscale.sws_freeContext(mapper);
    }
}
