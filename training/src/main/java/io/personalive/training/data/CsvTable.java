package io.personalive.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table with a header line, as RFC 4180 describes it, except that no field goes over several lines. */
public final class CsvTable {
    private final Path file;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @throws IOException if the file is missing or a line has another number of fields than the header */
    public CsvTable(Path file) throws IOException {
        this.file = file;
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty: a line with the columns' names is needed");
        }
        columns = fields(lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> row = fields(lines.get(i));
            if (row.size() != columns.size()) {
                throw new IOException(file + ", line " + (i + 1) + ": " + row.size() + " fields, the header has " + columns.size());
            }
            rows.add(row);
        }
    }

    public int rows() {
        return rows.size();
    }

    /** @throws IOException if the table has no such column */
    public String get(int row, String column) throws IOException {
        int at = columns.indexOf(column);
        if (at < 0) {
            throw new IOException(file + " has no column '" + column + "', only " + String.join(", ", columns));
        }
        return rows.get(row).get(at);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
