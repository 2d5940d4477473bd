package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.ffmpeg.FramePictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramePicturesTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    /** What a 10-bit frame of one colour is shown as. @param code 0 to 1 for each of red, green, blue, as coded */
    private static int[] shown(int transfer, int primaries, double... code) {
        boolean wide = primaries == AVCOL_PRI_BT2020;
        double red = wide ? 0.2627 : 0.2126, blue = wide ? 0.0593 : 0.0722;
        double y = red * code[0] + (1 - red - blue) * code[1] + blue * code[2];
        double[] planes = {64 + 876 * y, 512 + 896 * (code[2] - y) / (2 * (1 - blue)), 512 + 896 * (code[0] - y) / (2 * (1 - red))};
        AVFormatContext container = avformat.avformat_alloc_context();
        AVStream stream = avformat.avformat_new_stream(container, null);
        stream.codecpar().width(SIDE).height(SIDE);
        AVFrame frame = avutil.av_frame_alloc();
        frame.width(SIDE).height(SIDE).format(AV_PIX_FMT_YUV420P10LE);
        frame.color_trc(transfer).color_primaries(primaries).color_range(AVCOL_RANGE_MPEG).colorspace(wide ? AVCOL_SPC_BT2020_NCL : AVCOL_SPC_BT709);
        avutil.av_frame_get_buffer(frame, 0);
        for (int plane = 0; plane < 3; plane++) {
            ShortPointer values = new ShortPointer(frame.data(plane));
            for (long i = 0; i < (long) (plane == 0 ? SIDE : SIDE / 2) * frame.linesize(plane) / 2; i++) {
                values.put(i, (short) Math.round(planes[plane]));
            }
        }
        try (FramePictures pictures = new FramePictures(stream)) {
            int rgb = pictures.picture(frame).getRGB(SIDE / 2, SIDE / 2);
            return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
        } finally {
            avutil.av_frame_free(frame);
            avformat.avformat_free_context(container);
        }
    }

    /** What shows so many candelas a square metre in PQ (SMPTE ST 2084). */
    private static double pq(double light) {
        double power = Math.pow(light / 10_000, 2610 / 16384.0);
        return Math.pow((3424 / 4096.0 + 2413 / 128.0 * power) / (1 + 2392 / 128.0 * power), 2523 / 32.0);
    }

    /** Of 203 candelas, as white in an ordinary picture has in a HDR one (ITU-R BT.2408). */
    @ParameterizedTest
    @CsvSource({"0, 3", "0.25, 8", "0.5, 8", "0.7, 12"})
    void lightOfPqIsAsInAnOrdinaryPicture(double value, double tolerance) {
        double code = pq(203 * Math.pow(value, 2.4));
        for (int each : shown(AVCOL_TRC_SMPTE2084, AVCOL_PRI_BT2020, code, code, code)) {
            assertEquals(255 * value, each, tolerance);
        }
    }

    @Test
    void highlightsOfPqKeepTheirOrder() {
        int before = 200;
        for (double light : new double[] {203, 400, 900}) {
            double code = pq(light);
            int now = shown(AVCOL_TRC_SMPTE2084, AVCOL_PRI_BT2020, code, code, code)[1];
            assertTrue(now > before || now == 255, light + " is shown as " + now + " after " + before);
            before = now;
        }
    }

    /** White in an ordinary picture is three quarters of the signal in HLG. */
    @Test
    void hlgIsNeitherPaleNorDark() {
        int white = shown(AVCOL_TRC_ARIB_STD_B67, AVCOL_PRI_BT2020, 0.75, 0.75, 0.75)[1];
        int grey = shown(AVCOL_TRC_ARIB_STD_B67, AVCOL_PRI_BT2020, 0.38, 0.38, 0.38)[1];
        assertTrue(white > 205, "white is " + white);
        assertEquals(118, grey, 25);
    }

    /** The same orange has less red in Display P3, as its red is purer. */
    @Test
    void coloursOfDisplayP3AreNotPale() {
        int[] shown = shown(AVCOL_TRC_BT709, AVCOL_PRI_SMPTE432, 0.8, 0.5, 0.3);
        assertTrue(shown[0] > 0.8 * 255 + 5 && shown[2] < 0.3 * 255 - 3, shown[0] + " " + shown[1] + " " + shown[2]);
    }

    /** Joined recordings, a call whose picture grows: what comes later is fitted to the first one's size. */
    @ParameterizedTest
    @CsvSource({"96, 96", "128, 64"})
    void sizeThatChangesOnTheWayIsFitted(int width, int height) throws IOException {
        Path file = TestMedia.transportStream(folder.resolve("a.ts"), 128, 128, 0, 12);
        Path second = TestMedia.transportStream(folder.resolve("b.ts"), width, height, 12, 12);
        Files.write(file, Files.readAllBytes(second), StandardOpenOption.APPEND);
        List<Integer> numbers = new ArrayList<>();
        BufferedImage last = null;
        try (VideoReader reader = VideoReader.open(file)) {
            for (TimedPicture each = reader.nextTimed(); each != null; each = reader.nextTimed()) {
                last = each.picture();
                assertEquals(128, last.getWidth());
                assertEquals(128, last.getHeight());
                numbers.add(TestMedia.number(last));
            }
        }
        assertTrue(numbers.size() >= 22 && numbers.contains(11) && numbers.contains(23), numbers.toString());
        assertEquals(height == width ? TestMedia.number(last) : -4, TestMedia.number(last.getSubimage(60, 0, 8, 8)), "its sides' ratio is kept");
    }
}
