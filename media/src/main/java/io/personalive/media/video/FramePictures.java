package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;

import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** Decoded frames of any pixel format as upright BGR pictures, by the matrix and range that the frames state. */
final class FramePictures implements AutoCloseable {
    private static final int FLAGS = swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

    private final DisplayGeometry geometry;
    private final AVFrame bgr;
    private SwsContext scaler;
    private int width;
    private int height;
    private int format;

    FramePictures(DisplayGeometry geometry) {
        this.geometry = geometry;
        bgr = Ffmpeg.allocated(avutil.av_frame_alloc(), "a frame");
        bgr.width(geometry.stretchedWidth());
        bgr.height(geometry.stretchedHeight());
        bgr.format(AV_PIX_FMT_BGR24);
        Ffmpeg.check(avutil.av_frame_get_buffer(bgr, 0), "a frame of " + geometry.stretchedWidth() + " x " + geometry.stretchedHeight());
    }

    BufferedImage picture(AVFrame frame) {
        if (scaler == null || frame.width() != width || frame.height() != height || frame.format() != format) {
            prepare(frame);
        }
        Ffmpeg.check(swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, height, bgr.data(), bgr.linesize()), "a frame can't be converted");
        BufferedImage picture = Bgr.blank(bgr.width(), bgr.height());
        byte[] bytes = Bgr.bytes(picture);
        int row = bgr.width() * 3;
        BytePointer pixels = bgr.data(0);
        for (int y = 0; y < bgr.height(); y++) {
            pixels.position((long) y * bgr.linesize(0)).get(bytes, y * row, row);
        }
        return geometry.orientation().upright(picture);
    }

    private void prepare(AVFrame frame) {
        swscale.sws_freeContext(scaler);
        width = frame.width();
        height = frame.height();
        format = frame.format();
        scaler = Ffmpeg.allocated(swscale.sws_getContext(width, height, format, bgr.width(), bgr.height(), AV_PIX_FMT_BGR24, FLAGS,
                null, null, (DoublePointer) null), "a converter of frames");
        int matrix = frame.colorspace();
        if (matrix == AVCOL_SPC_UNSPECIFIED || matrix == AVCOL_SPC_RGB) {
            // As players do where nothing is said: high definition is BT.709, anything smaller BT.601.
            matrix = height >= 720 || width >= 1280 ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
        }
        IntPointer coefficients = swscale.sws_getCoefficients(matrix);
        swscale.sws_setColorspaceDetails(scaler, coefficients, frame.color_range() == AVCOL_RANGE_JPEG ? 1 : 0, coefficients, 1, 0, 1 << 16, 1 << 16);
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        avutil.av_frame_free(bgr);
    }
}
