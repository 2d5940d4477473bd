package io.personalive.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures with labels in one folder: {@code pictures.bin} holds JPEG after JPEG, {@code rows.bin} their places and
 * labels, {@code shots.jsonl} which rows belong together, {@code stamp.json} what they were made from. Safe for use by
 * many threads.
 */
public final class PackedDataset implements AutoCloseable {
    static final String PICTURES = "pictures.bin";
    static final String ROWS = "rows.bin";
    static final String SHOTS = "shots.jsonl";
    static final String STAMP = "stamp.json";
    /** Place (8 bytes), length, validity, then the labels as float32; big-endian. */
    static final int ROW_BYTES = 16 + Float.BYTES * (2 * FaceLabels.POINTS + FaceLabels.POSE + FaceLabels.EXPRESSION);

    /** Of which place and length take this. */
    private static final int PLACE_BYTES = 12;

    private final Path folder;
    private final int side;
    private final String source;
    private final FileChannel pictures;
    private final FileChannel rows;
    private final int size;
    private final List<Shot> shots = new ArrayList<>();

    private PackedDataset(Path folder) throws IOException {
        this.folder = folder;
        if (!Files.exists(folder.resolve(STAMP))) {
            throw new IOException(folder + " holds no packed pictures (" + STAMP + " is missing): make them with 'personalive prepare'");
        }
        ObjectMapper json = new ObjectMapper();
        JsonNode stamp = json.readTree(Files.readAllBytes(folder.resolve(STAMP)));
        side = stamp.path("side").intValue();
        source = stamp.path("source").asText();
        for (String line : Files.readAllLines(folder.resolve(SHOTS))) {
            JsonNode shot = json.readTree(line);
            shots.add(new Shot(shot.path("id").asText(), shot.path("person").asText(), shot.path("split").asText(),
                    shot.path("first").intValue(), shot.path("frames").intValue()));
        }
        pictures = FileChannel.open(folder.resolve(PICTURES));
        rows = FileChannel.open(folder.resolve(ROWS));
        size = (int) (rows.size() / ROW_BYTES);
    }

    /** @throws IOException if the folder holds no complete packed data */
    public static PackedDataset open(Path folder) throws IOException {
        return new PackedDataset(folder);
    }

    /** Of every picture, pixels. */
    public int side() {
        return side;
    }

    /** What the pictures were made from. See {@link LabelledFolder#source}. */
    public String source() {
        return source;
    }

    /** Changes when the pictures do. */
    public String fingerprint() throws IOException {
        return source + " " + side + " " + size + " " + pictures.size();
    }

    public int size() {
        return size;
    }

    /** Everything that belongs together, in order. */
    public List<Shot> shots() {
        return List.copyOf(shots);
    }

    /** @param split train, val or test */
    List<Shot> shots(String split) {
        return shots.stream().filter(shot -> shot.split().equals(split)).toList();
    }

    /** Whether a split has samples of a portrait and so many driving frames. */
    public boolean hasFrames(String split, int drivingFrames) {
        return shots(split).stream().anyMatch(shot -> shot.isStill() ? drivingFrames == 1 : shot.frames() > drivingFrames);
    }

    /** @return in pixels of the packed picture */
    public FaceLabels labels(int row) throws IOException {
        ByteBuffer from = read(rows, (long) row * ROW_BYTES + PLACE_BYTES, ROW_BYTES - PLACE_BYTES, row);
        boolean valid = from.getInt() != 0;
        return new FaceLabels(floats(from, 2 * FaceLabels.POINTS), floats(from, FaceLabels.POSE), floats(from, FaceLabels.EXPRESSION), valid);
    }

    /** @return the JPEG file of that row's picture */
    byte[] jpeg(int row) throws IOException {
        ByteBuffer place = read(rows, (long) row * ROW_BYTES, PLACE_BYTES, row);
        return read(pictures, place.getLong(), place.getInt(), row).array();
    }

    private ByteBuffer read(FileChannel file, long place, int length, int row) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place + bytes.position()) < 0) {
                throw new IOException(folder + " is cut off at picture " + row + ": remove the folder and prepare it again");
            }
        }
        return bytes.flip();
    }

    private static float[] floats(ByteBuffer from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = from.getFloat();
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        pictures.close();
        rows.close();
    }
}
