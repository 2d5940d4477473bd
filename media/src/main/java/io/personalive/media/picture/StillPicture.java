package io.personalive.media.picture;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ICC_PROFILE;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.FramePictures;
import io.personalive.media.ffmpeg.InputContainer;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Orientation;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * A picture stored as a video's key frame, or as many of them side by side: HEIC and AVIF (ISO/IEC 23008-12), the first of a GIF.
 *
 * @param picture TYPE_3BYTE_BGR, upright
 * @param opacity a byte a pixel, row by row, 0 to 255; null where everything is opaque
 * @param profile the colour profile (ICC) that its colours are meant in; null for sRGB
 */
record StillPicture(BufferedImage picture, byte[] opacity, byte[] profile) {
    /**
     * @param background what shows where the frame itself is transparent, and no second one says how opaque it is
     * @throws MediaException if it can't be decoded
     */
    static StillPicture read(Path file, Color background) {
        try (InputContainer container = new InputContainer(file)) {
            AVStream main = container.video();
            if (main == null) {
                throw new MediaException(file + " is damaged: there is no picture in it");
            }
            AVStreamGroup grid = grid(container);
            AVStreamGroupTileGrid tiles = grid == null ? null : grid.params_tile_grid();
            byte[] profile = profile(main, tiles);
            Map<Integer, BufferedImage> decoded = decode(container, profile != null, background);
            if (tiles != null) {
                return new StillPicture(orientation(tiles).upright(joined(file, grid, tiles, decoded)), null, profile);
            }
            BufferedImage picture = decoded.get(main.index());
            if (picture == null) {
                throw new MediaException(file + " is damaged: the picture in it can't be decoded");
            }
            return new StillPicture(picture, opacity(container, main, decoded), profile);
        }
    }

    private static AVStreamGroup grid(InputContainer container) {
        for (int i = 0; i < container.context.nb_stream_groups(); i++) {
            if (container.context.stream_groups(i).type() == AV_STREAM_GROUP_PARAMS_TILE_GRID) {
                return container.context.stream_groups(i);
            }
        }
        return null;
    }

    /** The first frame of every stream. @param profiled whether a profile says what the colours mean */
    private static Map<Integer, BufferedImage> decode(InputContainer container, boolean profiled, Color background) {
        Map<Integer, BufferedImage> decoded = new HashMap<>();
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = avutil.av_frame_alloc();
        try {
            while (container.read(packet) >= 0) {
                AVStream stream = container.context.streams(packet.stream_index());
                if (!decoded.containsKey(stream.index()) && stream.codecpar().width() > 0 && decode(container, stream, packet, frame)) {
                    if (profiled) {
                        frame.color_primaries(AVCOL_PRI_UNSPECIFIED);
                    }
                    try (FramePictures pictures = new FramePictures(stream, background)) {
                        decoded.put(stream.index(), pictures.picture(frame));
                    }
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
        }
        return decoded;
    }

    private static boolean decode(InputContainer container, AVStream stream, AVPacket packet, AVFrame frame) {
        AVCodecContext decoder = container.decoder(stream);
        try {
            avcodec.avcodec_send_packet(decoder, packet);
            avcodec.avcodec_send_packet(decoder, null);
            return avcodec.avcodec_receive_frame(decoder, frame) == 0;
        } finally {
            avcodec.avcodec_free_context(decoder);
        }
    }

    private static BufferedImage joined(Path file, AVStreamGroup grid, AVStreamGroupTileGrid tiles, Map<Integer, BufferedImage> decoded) {
        BufferedImage whole = Bgr.blank(tiles.coded_width(), tiles.coded_height());
        for (int i = 0; i < tiles.nb_tiles(); i++) {
            BufferedImage tile = decoded.get(grid.streams(tiles.offsets_idx(i)).index());
            if (tile == null) {
                throw new MediaException(file + " is damaged: a part of the picture in it can't be decoded");
            }
            Bgr.paste(tile, whole, tiles.offsets_horizontal(i), tiles.offsets_vertical(i));
        }
        return Bgr.crop(whole, new Rectangle(tiles.horizontal_offset(), tiles.vertical_offset(), tiles.width(), tiles.height()));
    }

    /** A grey picture of the same size beside the first says how opaque that is. */
    private static byte[] opacity(InputContainer container, AVStream main, Map<Integer, BufferedImage> decoded) {
        for (int i = 0; i < container.context.nb_streams(); i++) {
            AVStream other = container.context.streams(i);
            BufferedImage grey = decoded.get(i);
            if (i != main.index() && grey != null && isGrey(other) && other.codecpar().width() == main.codecpar().width()
                    && other.codecpar().height() == main.codecpar().height()) {
                byte[] bytes = Bgr.bytes(grey);
                byte[] opacity = new byte[bytes.length / 3];
                for (int at = 0; at < opacity.length; at++) {
                    opacity[at] = bytes[3 * at];
                }
                return opacity;
            }
        }
        return null;
    }

    private static boolean isGrey(AVStream stream) {
        return stream.codecpar().format() >= 0 && avutil.av_get_pix_fmt_name(stream.codecpar().format()).getString().startsWith("gray");
    }

    private static Orientation orientation(AVStreamGroupTileGrid tiles) {
        AVPacketSideData matrix = sideData(tiles, AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null) {
            return Orientation.UPRIGHT;
        }
        IntPointer m = new IntPointer(matrix.data());
        return Orientation.ofMatrix(m.get(0), m.get(1), m.get(3), m.get(4));
    }

    private static byte[] profile(AVStream main, AVStreamGroupTileGrid tiles) {
        AVPacketSideData stored = tiles == null ? null : sideData(tiles, AV_PKT_DATA_ICC_PROFILE);
        if (stored == null) {
            stored = avcodec.av_packet_side_data_get(main.codecpar().coded_side_data(), main.codecpar().nb_coded_side_data(), AV_PKT_DATA_ICC_PROFILE);
        }
        if (stored == null || stored.isNull()) {
            return null;
        }
        byte[] profile = new byte[Math.toIntExact(stored.size())];
        stored.data().get(profile);
        return profile;
    }

    private static AVPacketSideData sideData(AVStreamGroupTileGrid tiles, int kind) {
        AVPacketSideData found = avcodec.av_packet_side_data_get(tiles.coded_side_data(), tiles.nb_coded_side_data(), kind);
        return found == null || found.isNull() ? null : found;
    }
}
