package io.personalive.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;

import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.image.Transparent;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded frames of any pixel format as upright BGR pictures, by the matrix and range that the frames state. What shows more
 * colours or more light than BT.709, as phones record it, is mapped to it; what is transparent is laid over one colour.
 */
public final class FramePictures implements AutoCloseable {
    private static final int FLAGS = swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

    private final AVStream stream;
    private final Color background;
    private final DisplayGeometry wanted;
    private DisplayGeometry geometry;
    /** The converted frame: BGR, or BGRA where frames can be transparent. */
    private AVFrame bgr;
    private SwsContext scaler;
    private WideColours wideColours;
    private int width;
    private int height;
    private int format;
    private int matrix;
    private int range;

    /** Frames over {@link Transparent#BACKGROUND}. See {@link #FramePictures(AVStream, Color)}. */
    public FramePictures(AVStream stream) {
        this(stream, Transparent.BACKGROUND);
    }

    /**
     * @param stream     whose frames they are; all become pictures of the size that it states
     * @param background what shows where they are transparent
     */
    public FramePictures(AVStream stream, Color background) {
        this.stream = stream;
        this.background = background;
        wanted = DisplayGeometry.of(stream);
        take(wanted, AV_PIX_FMT_BGR24);
    }

    /** Of every picture, pixels: upright, pixels made square. */
    public int width() {
        return wanted.width();
    }

    /** See {@link #width}. */
    public int height() {
        return wanted.height();
    }

    private void take(DisplayGeometry next, int target) {
        AVFrame frame = Ffmpeg.allocated(avutil.av_frame_alloc(), "a frame");
        frame.width(next.stretchedWidth());
        frame.height(next.stretchedHeight());
        frame.format(target);
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
    public BufferedImage picture(AVFrame frame) {
        DisplayGeometry now = DisplayGeometry.of(frame, stream);
        int target = WideColours.has(frame) || !hasOpacity(frame) ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_BGRA;
        if (!now.equals(geometry) || target != bgr.format()) {
            take(now, target);
        }
        if (WideColours.has(frame)) {
            wideColours = wideColours == null ? new WideColours(FLAGS) : wideColours;
            wideColours.convert(frame, bgr);
        } else {
            convert(frame);
        }
        BufferedImage picture = target == AV_PIX_FMT_BGR24 ? opaque() : overBackground();
        return Resize.fitted(geometry.orientation().upright(picture), wanted.width(), wanted.height());
    }

    private static boolean hasOpacity(AVFrame frame) {
        return (avutil.av_pix_fmt_desc_get(frame.format()).flags() & AV_PIX_FMT_FLAG_ALPHA) != 0;
    }

    private BufferedImage opaque() {
        BufferedImage picture = Bgr.blank(bgr.width(), bgr.height());
        byte[] bytes = Bgr.bytes(picture);
        int row = bgr.width() * 3;
        BytePointer pixels = bgr.data(0);
        for (int y = 0; y < bgr.height(); y++) {
            pixels.position((long) y * bgr.linesize(0)).get(bytes, y * row, row);
        }
        return picture;
    }

    private BufferedImage overBackground() {
        try (Mat pixels = new Mat(bgr.height(), bgr.width(), CV_8UC4, bgr.data(0), bgr.linesize(0))) {
            return Transparent.of(pixels).over(background);
        }
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
        scaler = Ffmpeg.allocated(swscale.sws_getContext(width, height, format, bgr.width(), bgr.height(), bgr.format(), FLAGS,
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
