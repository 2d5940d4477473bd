package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;

import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.image.Bgr;
import io.personalive.natives.NativeLibraries;
import java.awt.image.BufferedImage;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** BGR pictures as frames for an encoder: BGR still, or YUV by BT.709's matrix in limited range. */
final class EncoderFrames implements AutoCloseable {
    static {
        NativeLibraries.ready();
    }

    private static final int FLAGS = swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INP;

    private final int pictureWidth;
    private final int pictureHeight;
    private final AVFrame bgr;
    private final AVFrame converted;
    private final SwsContext scaler;

    /**
     * @param width  of a frame: the picture's or more; what is missing repeats the picture's last column
     * @param height likewise
     * @param format AV_PIX_FMT_BGR24 or a YUV format
     */
    EncoderFrames(int pictureWidth, int pictureHeight, int width, int height, int format) {
        this.pictureWidth = pictureWidth;
        this.pictureHeight = pictureHeight;
        bgr = frame(width, height, AV_PIX_FMT_BGR24);
        if (format == AV_PIX_FMT_BGR24) {
            converted = bgr;
            scaler = null;
            return;
        }
        converted = frame(width, height, format);
        scaler = Ffmpeg.allocated(swscale.sws_getContext(width, height, AV_PIX_FMT_BGR24, width, height, format, FLAGS, null, null,
                (DoublePointer) null), "a converter of frames");
        IntPointer bt709 = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
        swscale.sws_setColorspaceDetails(scaler, bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
    }

    private static AVFrame frame(int width, int height, int format) {
        AVFrame frame = Ffmpeg.allocated(avutil.av_frame_alloc(), "a frame");
        frame.width(width);
        frame.height(height);
        frame.format(format);
        Ffmpeg.check(avutil.av_frame_get_buffer(frame, 0), "a frame of " + width + " x " + height);
        return frame;
    }

    /**
     * @param time  when it is shown, in the encoder's time base
     * @param lasts how long, likewise
     * @return a frame of this object's, good until the next call
     */
    AVFrame of(BufferedImage picture, long time, long lasts) {
        if (picture.getWidth() != pictureWidth || picture.getHeight() != pictureHeight) {
            throw new IllegalArgumentException("the video was opened for frames of " + pictureWidth + " x " + pictureHeight + " pixels, this one has "
                    + picture.getWidth() + " x " + picture.getHeight());
        }
        // An encoder may still be reading the frame before this one.
        Ffmpeg.check(avutil.av_frame_make_writable(bgr), "a frame");
        Ffmpeg.check(avutil.av_frame_make_writable(converted), "a frame");
        fill(Bgr.bytes(picture));
        if (scaler != null) {
            Ffmpeg.check(swscale.sws_scale(scaler, bgr.data(), bgr.linesize(), 0, bgr.height(), converted.data(), converted.linesize()),
                    "a frame can't be converted");
        }
        converted.pts(time);
        converted.duration(lasts);
        return converted;
    }

    private void fill(byte[] bytes) {
        int row = pictureWidth * 3;
        BytePointer pixels = bgr.data(0);
        for (int y = 0; y < bgr.height(); y++) {
            int from = Math.min(y, pictureHeight - 1) * row;
            pixels.position((long) y * bgr.linesize(0)).put(bytes, from, row);
            for (int x = pictureWidth; x < bgr.width(); x++) {
                pixels.position((long) y * bgr.linesize(0) + x * 3L).put(bytes, from + row - 3, 3);
            }
        }
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        if (converted != bgr) {
            avutil.av_frame_free(converted);
        }
        avutil.av_frame_free(bgr);
    }
}
