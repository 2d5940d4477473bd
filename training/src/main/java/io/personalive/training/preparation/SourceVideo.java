package io.personalive.training.preparation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A video to be prepared.
 *
 * @param file   where it is
 * @param name   its place in the folder that was named, with / between folders
 * @param person whose face it is taken to show: all videos of a folder show one person, one that lies in no folder
 *               another one each
 * @param split  train, val or test; the same for all of a person
 */
record SourceVideo(Path file, String name, String person, String split) {
    private static final Set<String> VIDEOS = Set.of("mp4", "m4v", "mov", "webm", "mkv", "avi", "ts", "mts", "mpg", "mpeg", "wmv", "flv",
            "3gp", "ogv", "gif");

    /**
     * @param folder looked through with all folders in it
     * @param val    part of the persons that go to the split {@code val}, 0 to 1; which ones follows from their names
     * @param test   the same for {@code test}
     */
    static List<SourceVideo> in(Path folder, double val, double test) throws IOException {
        List<SourceVideo> videos = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).filter(SourceVideo::isVideo).sorted().toList()) {
                videos.add(named(folder.relativize(file).toString().replace('\\', '/'), folder, val, test));
            }
        }
        return videos;
    }

    /** One of those in a folder. */
    static SourceVideo named(String name, Path folder, double val, double test) {
        String person = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : name;
        return new SourceVideo(folder.resolve(name), name, person, split(person, val, test));
    }

    /** A name for files that are made of it: letters, digits and strokes, other than that of any other video. */
    String id() {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return (plain.length() > 40 ? plain.substring(plain.length() - 40) : plain).replaceAll("^-|-$", "") + "-" + digest(name).substring(0, 8);
    }

    private static boolean isVideo(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && VIDEOS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static String split(String person, double val, double test) {
        double at = Integer.parseInt(digest(person).substring(0, 6), 16) / (double) (1 << 24);
        return at < val ? "val" : at < val + test ? "test" : "train";
    }

    /** SHA-256 in hexadecimal digits. */
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
