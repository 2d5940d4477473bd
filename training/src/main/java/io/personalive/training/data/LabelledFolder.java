package io.personalive.training.data;

import io.personalive.media.picture.PictureReader;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.torch.weights.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clips and stills that are framed and labelled already: {@code clips.csv}, {@code faces.csv} and
 * {@code portraits.csv} name the files, {@code labels/} holds a row for each frame in decode order.
 */
public final class LabelledFolder {
    private final Path folder;
    private final int side;
    private final Map<String, List<Integer>> cuts = new HashMap<>();

    /**
     * @param side of the packed pictures, pixels
     * @param cuts a table with the columns id and frame (the first one after a cut); null if no clip has any
     */
    public LabelledFolder(Path folder, int side, Path cuts) throws IOException {
        this.folder = folder;
        this.side = side;
        if (cuts != null) {
            CsvTable table = new CsvTable(cuts);
            for (int i = 0; i < table.rows(); i++) {
                this.cuts.computeIfAbsent(table.get(i, "id"), id -> new ArrayList<>()).add(number(table.get(i, "frame"), cuts, i));
            }
            this.cuts.values().forEach(list -> list.sort(null));
        }
    }

    /** What the packed pictures depend on: the tables, labels and cuts by their contents, the pictures by their names there. */
    public String source() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
        for (String set : List.of("clips", "faces", "portraits")) {
            for (Path file : List.of(folder.resolve(set + ".csv"), folder.resolve("labels/" + set + ".safetensors"))) {
                if (Files.exists(file)) {
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        digest.update(new TreeMap<>(cuts).toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Packs everything. A clip whose frames don't match its labels is named in the result and left out. */
    public List<String> packInto(PackedDatasetWriter packed) throws IOException {
        List<String> dropped = new ArrayList<>();
        packClips(packed, dropped);
        for (String set : List.of("faces", "portraits")) {
            if (Files.exists(folder.resolve(set + ".csv"))) {
                packStills(packed, set, dropped);
            }
        }
        return dropped;
    }

    private void packClips(PackedDatasetWriter packed, List<String> dropped) throws IOException {
        CsvTable clips = new CsvTable(folder.resolve("clips.csv"));
        try (Checkpoint labels = Checkpoint.open(folder.resolve("labels/clips.safetensors"))) {
            for (int i = 0; i < clips.rows(); i++) {
                String id = clips.get(i, "id");
                LabelRows rows = new LabelRows(labels, id + "/");
                List<BufferedImage> frames = new ArrayList<>();
                try (VideoReader video = VideoReader.open(folder.resolve(clips.get(i, "file")), 0, FrameRate.DEFAULT)) {
                    for (BufferedImage frame = video.next(); frame != null; frame = video.next()) {
                        frames.add(frame);
                    }
                } catch (RuntimeException e) {
                    dropped.add("clip " + id + ": " + e.getMessage());
                    continue;
                }
                if (frames.size() != rows.count()) {
                    dropped.add("clip " + id + ": " + frames.size() + " frames, but labels for " + rows.count());
                    continue;
                }
                List<Integer> at = cuts.getOrDefault(id, List.of());
                if (!at.isEmpty() && (at.get(0) < 1 || at.get(at.size() - 1) >= frames.size())) {
                    throw new IOException("the cuts of clip " + id + " must lie in 1 to " + (frames.size() - 1) + ": " + at);
                }
                int first = packed.size();
                for (int n = 0; n < frames.size(); n++) {
                    packed.add(frames.get(n), rows.at(n, (double) side / frames.get(n).getWidth()));
                }
                packed.addShots(Shot.between(at, new Shot(id, clips.get(i, "person"), clips.get(i, "split"), first, frames.size())));
            }
        }
    }

    private void packStills(PackedDatasetWriter packed, String set, List<String> dropped) throws IOException {
        CsvTable stills = new CsvTable(folder.resolve(set + ".csv"));
        // portraits are for trying things, by eye: nothing is trained on them
        String split = set.equals("portraits") ? "val" : "train";
        try (Checkpoint labels = Checkpoint.open(folder.resolve("labels/" + set + ".safetensors"))) {
            LabelRows rows = new LabelRows(labels, "");
            for (int i = 0; i < stills.rows(); i++) {
                String id = set + "-" + stills.get(i, "id");
                try {
                    BufferedImage picture = PictureReader.read(folder.resolve(stills.get(i, "file")));
                    int first = packed.size();
                    packed.add(picture, rows.at(i, (double) side / picture.getWidth()));
                    packed.addShots(List.of(new Shot(id, id, split, first, 1)));
                } catch (RuntimeException e) {
                    dropped.add("still " + id + ": " + e.getMessage());
                }
            }
        }
    }

    private static int number(String text, Path file, int row) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + ", row " + (row + 1) + ": '" + text + "' is no frame's number", e);
        }
    }
}
