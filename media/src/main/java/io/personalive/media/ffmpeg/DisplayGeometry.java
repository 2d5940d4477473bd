package io.personalive.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;

import io.personalive.media.image.Orientation;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * How stored frames become frames to look at: stretched to square pixels, then turned upright.
 *
 * @param stretchedWidth  after stretching, before turning, pixels
 * @param stretchedHeight likewise
 * @param orientation     how they are turned then
 */
record DisplayGeometry(int stretchedWidth, int stretchedHeight, Orientation orientation) {
    /** Pixels more oblong than this are a mistake in the file. */
    private static final double MOST_OBLONG = 4;

    /** As a file says of all of its frames. */
    static DisplayGeometry of(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        return of(parameters.width(), parameters.height(), aspect(stream.sample_aspect_ratio(), parameters.sample_aspect_ratio()),
                orientation(parameters));
    }

    /** As a frame says of itself, whose size and orientation may change on the way; what it doesn't say is as in the file. */
    static DisplayGeometry of(AVFrame frame, AVStream stream) {
        AVFrameSideData matrix = avutil.av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
        Orientation orientation = matrix == null || matrix.isNull() ? orientation(stream.codecpar()) : orientation(matrix.data(), matrix.size());
        return of(frame.width(), frame.height(), aspect(stream.sample_aspect_ratio(), frame.sample_aspect_ratio()), orientation);
    }

    private static DisplayGeometry of(int width, int height, double aspect, Orientation orientation) {
        // The shorter side of the pixel is the one that is enlarged, so that nothing stored is lost.
        int shownWidth = aspect > 1 ? (int) Math.round(width * aspect) : width;
        int shownHeight = aspect < 1 ? (int) Math.round(height / aspect) : height;
        return new DisplayGeometry(shownWidth, shownHeight, orientation);
    }

    int width() {
        return orientation.exchangesSides() ? stretchedHeight : stretchedWidth;
    }

    int height() {
        return orientation.exchangesSides() ? stretchedWidth : stretchedHeight;
    }

    private static double aspect(AVRational container, AVRational codec) {
        AVRational said = container.num() > 0 && container.den() > 0 ? container : codec;
        if (said.num() <= 0 || said.den() <= 0) {
            return 1;
        }
        double aspect = (double) said.num() / said.den();
        return aspect > MOST_OBLONG || aspect < 1 / MOST_OBLONG ? 1 : aspect;
    }

    private static Orientation orientation(AVCodecParameters parameters) {
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(parameters.coded_side_data(), parameters.nb_coded_side_data(),
                AV_PKT_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? Orientation.UPRIGHT : orientation(matrix.data(), matrix.size());
    }

    private static Orientation orientation(BytePointer matrix, long bytes) {
        if (bytes < 9 * Integer.BYTES) {
            return Orientation.UPRIGHT;
        }
        IntPointer m = new IntPointer(matrix);
        return Orientation.ofMatrix(m.get(0), m.get(1), m.get(3), m.get(4));
    }
}
