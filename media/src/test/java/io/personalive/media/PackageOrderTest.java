package io.personalive.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each package stands on those before it alone. */
class PackageOrderTest {
    private static final List<String> ORDER = List.of("image", "ffmpeg", "picture", "video");
    private static final Pattern USED = Pattern.compile("io\\.personalive\\.media\\.([a-z]+)\\.");

    @Test
    void packagesUseThoseBelowThem() throws IOException {
        List<String> upwards = new ArrayList<>();
        for (String name : ORDER) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/personalive/media", name))) {
                for (Path file : files.toList()) {
                    USED.matcher(Files.readString(file)).results().map(MatchResult::group).distinct()
                            .filter(used -> ORDER.indexOf(used.split("\\.")[3]) > ORDER.indexOf(name))
                            .forEach(used -> upwards.add(file.getFileName() + " uses " + used));
                }
            }
        }
        assertEquals(List.of(), upwards);
    }
}
