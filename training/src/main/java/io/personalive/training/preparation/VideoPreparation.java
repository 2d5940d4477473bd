package io.personalive.training.preparation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.image.SideBySide;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.FaceMeasure;
import io.personalive.training.data.PackedDatasetWriter;
import io.personalive.training.data.Shot;
import io.personalive.training.preparation.PreparedPart.Piece;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** Makes clips of one video: it is looked through once, and read again to write what is kept. Used by one thread. */
final class VideoPreparation {
    /** Small pictures to look at: height, and of a dropped piece's no more than so many a video. */
    private static final int LOOK_SIDE = 128, MOST_DROPPED = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SourceVideo source;
    private final PreparationOptions options;
    private final FaceMeasure measure;
    private final BooleanSupplier stop;
    private final Path part;
    private final Path clips;

    /**
     * @param part  an empty folder for all but the clips
     * @param clips the folder of clips
     */
    VideoPreparation(SourceVideo source, PreparationOptions options, FaceMeasure measure, Path part, Path clips, BooleanSupplier stop) {
        this.source = source;
        this.options = options;
        this.measure = measure;
        this.part = part;
        this.clips = clips;
        this.stop = stop;
    }

    /**
     * @return what became of it; of no use once it was stopped
     * @throws io.personalive.media.MediaException if it can't be read
     * @throws IOException if what is made of it can't be written
     */
    PreparedPart prepare(String stamp) throws IOException {
        VideoScan scan;
        try (FaceLooks faces = new FaceLooks(measure)) {
            scan = VideoScan.of(source.file(), faces, stop);
        }
        List<Piece> kept = new ArrayList<>(), dropped = new ArrayList<>();
        Files.createDirectories(part.resolve(PreparedPart.PICTURES));
        try (StridedVideo video = new StridedVideo(source.file()); PackedDatasetWriter packed = new PackedDatasetWriter(part, options.packedSide());
                Writer index = Files.newBufferedWriter(part.resolve(PreparedPart.INDEX))) {
            for (Segment segment : Segments.of(scan, options.limits())) {
                double begin = scan.rate().seconds(segment.first()), seconds = scan.rate().seconds(segment.frames());
                if (stop.getAsBoolean()) {
                    break;
                } else if (segment.kept()) {
                    Piece piece = new Piece(String.format(Locale.ROOT, "%s-%04d", source.id(), kept.size()), begin, seconds, null);
                    ClipRow row = keep(scan, segment, video, packed, piece);
                    index.write(JSON.writeValueAsString(row.toJson()) + "\n");
                    kept.add(piece);
                } else {
                    Piece piece = new Piece("dropped-" + dropped.size(), begin, seconds, segment.flaw().words());
                    drop(segment, video, piece, dropped.size() < MOST_DROPPED);
                    dropped.add(piece);
                }
            }
            packed.finish(stamp);
        }
        return new PreparedPart(part, stamp, source.name(), scan.frames() == 0 ? "it holds no pictures" : null, scan.cutOff(),
                kept, dropped);
    }

    private ClipRow keep(VideoScan scan, Segment segment, StridedVideo video, PackedDatasetWriter packed, Piece piece) throws IOException {
        Rectangle window = SteadyWindow.of(scan, segment).orElseThrow();
        int side = Math.min(options.clipSide(), window.width - window.width % 2);
        List<FaceLabels> faces = new ArrayList<>();
        List<BufferedImage> strip = new ArrayList<>();
        int firstRow = packed.size();
        try (ClipWriter writer = new ClipWriter(clips.resolve(piece.id() + ".mp4"), side, scan.rate())) {
            for (int i = 0; i < segment.frames(); i++) {
                BufferedImage picture = video.next();
                if (picture == null || stop.getAsBoolean()) {
                    break;
                }
                BufferedImage cut = Bgr.crop(picture, window), frame = Resize.toSquare(cut, side);
                FaceLabels labels = measure.measure(cut);
                writer.write(frame);
                packed.add(cut, labels.scaled((double) options.packedSide() / window.width));
                faces.add(labels.scaled((double) side / window.width));
                if (i % Math.max(1, segment.frames() / 3) == 0 && strip.size() < 3) {
                    strip.add(frame);
                }
            }
            writer.finish();
        }
        packed.addShots(List.of(new Shot(piece.id(), source.person(), source.split(), firstRow, faces.size())));
        look(piece, SideBySide.of(LOOK_SIDE, LOOK_SIDE, strip.toArray(BufferedImage[]::new)));
        return new ClipRow(piece.id(), source, segment.first(), scan.rate(), side, window, faces);
    }

    private void drop(Segment segment, StridedVideo video, Piece piece, boolean shown) throws IOException {
        for (int i = 0; i < segment.frames(); i++) {
            BufferedImage picture = video.next();
            if (picture == null || stop.getAsBoolean()) {
                return;
            }
            if (shown && i == segment.frames() / 2) {
                look(piece, Resize.to(picture, Math.max(1, picture.getWidth() * LOOK_SIDE / picture.getHeight()), LOOK_SIDE));
            }
        }
    }

    private void look(Piece piece, BufferedImage picture) throws IOException {
        ImageIO.write(picture, "jpg", part.resolve(PreparedPart.PICTURES).resolve(piece.id() + ".jpg").toFile());
    }
}
