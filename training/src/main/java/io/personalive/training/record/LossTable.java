package io.personalive.training.record;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A run's {@code losses.csv}: one row a step, first column {@code step}, second {@code loss}, then the parts of the
 * loss. Every row is on the disk when {@link #add} returns.
 */
public final class LossTable implements AutoCloseable {
    private final Writer writer;
    private final List<String> parts;

    private LossTable(Writer writer, List<String> parts) {
        this.writer = writer;
        this.parts = parts;
    }

    /**
     * Opens or begins a table.
     *
     * @param lastStep the step that training goes on behind; later rows, which a stopped run wrote after its last
     *                 checkpoint, and half a row are cut. 0 begins anew
     * @param parts    names of the further columns
     * @throws IOException if the file can't be written, or has other columns
     */
    public static LossTable open(Path file, long lastStep, List<String> parts) throws IOException {
        List<String> columns = new ArrayList<>(List.of("step", "loss"));
        columns.addAll(parts);
        String header = String.join(",", columns);
        List<String> kept = new ArrayList<>(List.of(header));
        if (lastStep > 0 && Files.exists(file)) {
            kept.addAll(rowsUpTo(file, lastStep, header));
        }
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        Files.writeString(partial, String.join("\n", kept) + "\n");
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new LossTable(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND), List.copyOf(parts));
    }

    /** @param values of the further columns; an empty cell for one that is missing */
    public void add(long step, double loss, Map<String, Double> values) throws IOException {
        List<String> cells = new ArrayList<>(List.of(Long.toString(step), Double.toString(loss)));
        parts.forEach(part -> cells.add(values.containsKey(part) ? values.get(part).toString() : ""));
        writer.write(String.join(",", cells) + "\n");
        writer.flush();
    }

    private static List<String> rowsUpTo(Path file, long lastStep, String header) throws IOException {
        String text = Files.readString(file);
        // what follows the last line end is half a row
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty()) {
            return Collections.emptyList();
        }
        if (!lines.get(0).equals(header)) {
            throw new IOException(file + " has the columns " + lines.get(0) + ", this run writes " + header
                    + ": move the file away, or go on with the recipe that it was begun with");
        }
        return lines.stream().skip(1).filter(line -> step(file, line) <= lastStep).toList();
    }

    private static long step(Path file, String line) {
        try {
            return Long.parseLong(line.split(",", 2)[0]);
        } catch (NumberFormatException damaged) {
            throw new IllegalArgumentException(file + " is damaged: '" + line + "' doesn't begin with a step. Move it away");
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
