package io.personalive.server.http;

import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.media.picture.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Portraits to choose from: those in the program, and those of a folder. */
public final class Presets {
    /**
     * One of them.
     *
     * @param name  in addresses
     * @param title for people
     * @param type  of its file
     */
    public record Preset(String name, String title, String type) {}

    /** Where a preset's file is read from. */
    private interface Content {
        byte[] read() throws IOException;
    }

    private final Map<String, Preset> presets = new LinkedHashMap<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();

    /** @param folder with pictures; null for none. @throws IOException if it can't be read */
    public Presets(Path folder) throws IOException {
        add(new Preset("painted.png", "Painted portrait", "image/png"), Presets::painted);
        if (folder != null) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(PictureReader::isPicture).sorted().forEach(file -> add(preset(file), () -> Files.readAllBytes(file)));
            }
        }
    }

    private static byte[] painted() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(PaintedPortrait.picture(), "png", file);
        return file.toByteArray();
    }

    private void add(Preset preset, Content content) {
        presets.put(preset.name(), preset);
        contents.put(preset.name(), content);
    }

    private static Preset preset(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String title = name.replaceFirst("\\.[^.]*$", "").replaceAll("[-_]+", " ").trim();
        return new Preset(name, title, "image/" + (ending.equals("jpg") ? "jpeg" : ending));
    }

    public Collection<Preset> list() {
        return List.copyOf(presets.values());
    }

    public Optional<Preset> find(String name) {
        return Optional.ofNullable(presets.get(name));
    }

    /** Its file as it lies there. */
    public byte[] file(Preset preset) throws IOException {
        return contents.get(preset.name()).read();
    }

    /** @throws ApiException if there is none of that name */
    BufferedImage picture(String name) throws IOException {
        Preset preset = find(name).orElseThrow(() ->
                new ApiException(404, "no-such-preset", "there is no preset '" + name + "': GET /api/presets lists them"));
        return PictureReader.read(file(preset), "the preset '" + name + "'");
    }
}
