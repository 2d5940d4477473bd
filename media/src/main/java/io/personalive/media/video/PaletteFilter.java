package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * BGR frames to frames of 256 colours, each with the palette that suits it best. One palette for the whole video
 * would need all of it in memory.
 */
final class PaletteFilter implements AutoCloseable {
    private static final String STEPS = "[in]split[a][b];[a]palettegen=stats_mode=single:reserve_transparent=0[p];"
            + "[b][p]paletteuse=new=1:dither=sierra2_4a[out]";
    private static final String WHAT = "the colours of the GIF";

    private final AVFilterGraph graph = Ffmpeg.allocated(avfilter.avfilter_graph_alloc(), WHAT);
    private final AVFilterContext in = new AVFilterContext(null);
    private final AVFilterContext out = new AVFilterContext(null);
    private final AVFrame result = avutil.av_frame_alloc();

    PaletteFilter(int width, int height, FrameRate rate) {
        String frames = "video_size=" + width + "x" + height + ":pix_fmt=" + AV_PIX_FMT_BGR24
                + ":time_base=" + rate.denominator() + "/" + rate.numerator() + ":pixel_aspect=1/1";
        try {
            Ffmpeg.check(avfilter.avfilter_graph_create_filter(in, avfilter.avfilter_get_by_name("buffer"), "in", frames, null, graph), WHAT);
            Ffmpeg.check(avfilter.avfilter_graph_create_filter(out, avfilter.avfilter_get_by_name("buffersink"), "out", null, null, graph), WHAT);
            AVFilterInOut first = end("in", in);
            AVFilterInOut last = end("out", out);
            int parsed = avfilter.avfilter_graph_parse_ptr(graph, STEPS, last, first, null);
            avfilter.avfilter_inout_free(first);
            avfilter.avfilter_inout_free(last);
            Ffmpeg.check(parsed, WHAT);
            Ffmpeg.check(avfilter.avfilter_graph_config(graph, null), WHAT);
        } catch (MediaException e) {
            avfilter.avfilter_graph_free(graph);
            throw e;
        }
    }

    private static AVFilterInOut end(String name, AVFilterContext filter) {
        AVFilterInOut end = avfilter.avfilter_inout_alloc();
        try (BytePointer text = new BytePointer(name)) {
            end.name(avutil.av_strdup(text));
        }
        end.filter_ctx(filter);
        end.pad_idx(0);
        end.next(null);
        return end;
    }

    /** @return a frame of this object's, good until the next call */
    AVFrame of(AVFrame bgr) {
        avutil.av_frame_unref(result);
        Ffmpeg.check(avfilter.av_buffersrc_write_frame(in, bgr), WHAT);
        Ffmpeg.check(avfilter.av_buffersink_get_frame(out, result), WHAT);
        return result;
    }

    @Override
    public void close() {
        avutil.av_frame_free(result);
        avfilter.avfilter_graph_free(graph);
    }
}
