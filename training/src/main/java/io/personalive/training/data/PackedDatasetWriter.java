package io.personalive.training.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.media.image.Mats;
import io.personalive.media.image.Resize;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes a {@link PackedDataset} into a folder, which should lie beside its target until it is complete. */
public final class PackedDatasetWriter implements AutoCloseable {
    private static final int QUALITY = 93;

    private final Path folder;
    private final int side;
    private final DataOutputStream pictures;
    private final DataOutputStream rows;
    private final Writer shots;
    private final ObjectMapper json = new ObjectMapper();
    private long place;
    private int size;

    /** @param side of the packed pictures, pixels */
    public PackedDatasetWriter(Path folder, int side) throws IOException {
        this.folder = folder;
        this.side = side;
        pictures = open(PackedDataset.PICTURES);
        rows = open(PackedDataset.ROWS);
        shots = Files.newBufferedWriter(folder.resolve(PackedDataset.SHOTS));
    }

    private DataOutputStream open(String name) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 20));
    }

    /** Pictures so far. */
    public int size() {
        return size;
    }

    /** @param picture TYPE_3BYTE_BGR, square. @param labels in pixels of the packed picture */
    public void add(BufferedImage picture, FaceLabels labels) throws IOException {
        add(encode(Resize.toSquare(picture, side)), labels);
    }

    private void add(byte[] jpeg, FaceLabels labels) throws IOException {
        pictures.write(jpeg);
        rows.writeLong(place);
        rows.writeInt(jpeg.length);
        rows.writeInt(labels.valid() ? 1 : 0);
        for (float[] values : List.of(labels.landmarks(), labels.pose(), labels.expression())) {
            for (float value : values) {
                rows.writeFloat(value);
            }
        }
        place += jpeg.length;
        size++;
    }

    /** Adds all that was packed elsewhere, in pictures of the same size. */
    public void append(PackedDataset other) throws IOException {
        int before = size;
        for (int row = 0; row < other.size(); row++) {
            add(other.jpeg(row), other.labels(row));
        }
        addShots(other.shots().stream()
                .map(shot -> new Shot(shot.id(), shot.person(), shot.split(), shot.first() + before, shot.frames())).toList());
    }

    public void addShots(List<Shot> list) throws IOException {
        for (Shot shot : list) {
            ObjectNode line = json.createObjectNode().put("id", shot.id()).put("person", shot.person()).put("split", shot.split())
                    .put("first", shot.first()).put("frames", shot.frames());
            shots.write(json.writeValueAsString(line) + "\n");
        }
    }

    /** The last thing written: a folder without it is not complete. @param source what the pictures were made from */
    public void finish(String source) throws IOException {
        close();
        ObjectNode stamp = json.createObjectNode().put("side", side).put("quality", QUALITY).put("pictures", size).put("source", source);
        Files.write(folder.resolve(PackedDataset.STAMP), json.writeValueAsBytes(stamp));
    }

    private static byte[] encode(BufferedImage picture) {
        try (Mat mat = Mats.of(picture); BytePointer encoded = new BytePointer();
                IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            opencv_imgcodecs.imencode(".jpg", mat, encoded, options);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        pictures.close();
        rows.close();
        shots.close();
    }
}
