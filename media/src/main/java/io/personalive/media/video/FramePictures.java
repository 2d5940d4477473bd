package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;

import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import java.awt.image.BufferedImage;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Decoded frames of any pixel format as upright BGR pictures, by the matrix and range that the frames state. What shows more
 * colours or more light than BT.709, as phones record it, is mapped to it.
 */
final class FramePictures implements AutoCloseable {
    private static final int FLAGS = swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

    private final AVStream stream;
    private final DisplayGeometry wanted;
    private DisplayGeometry geometry;
    private AVFrame bgr;
    private SwsContext scaler;
    private WideColours wideColours;
    private int width;
    private int height;
    private int format;
    private int matrix;
    private int range;

    /** @param stream whose frames they are; all become pictures of the size that it states */
    FramePictures(AVStream stream) {
        this.stream = stream;
        wanted = DisplayGeometry.of(stream);
        take(wanted);
    }

    private void take(DisplayGeometry next) {
        AVFrame frame = Ffmpeg.allocated(avutil.av_frame_alloc(), "a frame");
        frame.width(next.stretchedWidth());
        frame.height(next.stretchedHeight());
        frame.format(AV_PIX_FMT_BGR24);
        frame.colorspace(AVCOL_SPC_RGB);
        frame.color_range(AVCOL_RANGE_JPEG);
        frame.color_primaries(AVCOL_PRI_BT709);
        frame.color_trc(AVCOL_TRC_BT709);
        int allocated = avutil.av_frame_get_buffer(frame, 0);
        if (allocated < 0) {
            avutil.av_frame_free(frame);
            Ffmpeg.check(allocated, "a frame of " + next.stretchedWidth() + " x " + next.stretchedHeight());
        }
        avutil.av_frame_free(bgr);
        bgr = frame;
        geometry = next;
        swscale.sws_freeContext(scaler);
        scaler = null;
    }

    /** @return of the size that the stream states; a frame of another shape is fitted into it */
    BufferedImage picture(AVFrame frame) {
        DisplayGeometry now = DisplayGeometry.of(frame, stream);
        if (!now.equals(geometry)) {
            take(now);
        }
        if (WideColours.has(frame)) {
            wideColours = wideColours == null ? new WideColours(FLAGS) : wideColours;
            wideColours.convert(frame, bgr);
        } else {
            convert(frame);
        }
        BufferedImage picture = Bgr.blank(bgr.width(), bgr.height());
        byte[] bytes = Bgr.bytes(picture);
        int row = bgr.width() * 3;
        BytePointer pixels = bgr.data(0);
        for (int y = 0; y < bgr.height(); y++) {
            pixels.position((long) y * bgr.linesize(0)).get(bytes, y * row, row);
        }
        return Resize.fitted(geometry.orientation().upright(picture), wanted.width(), wanted.height());
    }

    private void convert(AVFrame frame) {
        if (scaler == null || frame.width() != width || frame.height() != height || frame.format() != format
                || frame.colorspace() != matrix || frame.color_range() != range) {
            prepare(frame);
        }
        Ffmpeg.check(swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, height, bgr.data(), bgr.linesize()), "a frame can't be converted");
    }

    private void prepare(AVFrame frame) {
        swscale.sws_freeContext(scaler);
        width = frame.width();
        height = frame.height();
        format = frame.format();
        matrix = frame.colorspace();
        range = frame.color_range();
        scaler = Ffmpeg.allocated(swscale.sws_getContext(width, height, format, bgr.width(), bgr.height(), AV_PIX_FMT_BGR24, FLAGS,
                null, null, (DoublePointer) null), "a converter of frames");
        int stated = matrix;
        if (stated == AVCOL_SPC_UNSPECIFIED || stated == AVCOL_SPC_RGB) {
            // As players do where nothing is said: high definition is BT.709, anything smaller BT.601.
            stated = height >= 720 || width >= 1280 ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
        }
        IntPointer coefficients = swscale.sws_getCoefficients(stated);
        swscale.sws_setColorspaceDetails(scaler, coefficients, range == AVCOL_RANGE_JPEG ? 1 : 0, coefficients, 1, 0, 1 << 16, 1 << 16);
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        if (wideColours != null) {
            wideColours.close();
        }
        avutil.av_frame_free(bgr);
    }
}
