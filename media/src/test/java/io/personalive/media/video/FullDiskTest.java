package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no more can be written, what was written can be played. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FullDiskTest {
    private static final int KILOBYTES = 3000;

    @TempDir
    private Path folder;

    /** Writes as many frames as there is room for. Runs in a process of its own, whose files may not grow beyond a limit. */
    static final class Child {
        public static void main(String... arguments) {
            VideoWriter writer = VideoWriter.open(Path.of(arguments[0]), 128, 96, FrameRate.DEFAULT, null);
            Random noise = new Random(0);
            try {
                while (writer.frames() < 1000) {
                    BufferedImage frame = Bgr.blank(128, 96);
                    noise.nextBytes(Bgr.bytes(frame));
                    writer.write(frame);
                }
            } catch (MediaException full) {
                writer.close();
                System.out.print(writer.frames() + " " + full.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "a.gif"})
    void whatWasWrittenIsComplete(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        Process child = new ProcessBuilder("bash", "-c", "ulimit -f " + KILOBYTES + " && exec \"$@\"", "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Child.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String[] said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ", 2);
        assertEquals(0, child.waitFor());
        assertTrue(said.length == 2 && said[1].startsWith("no more of " + file + " can be written: "), () -> String.join(" ", said));
        long frames = Long.parseLong(said[0]);
        assertTrue(frames > 5, frames + " frames");
        assertTrue(Files.size(file) > KILOBYTES * 1024 / 6, Files.size(file) + " bytes");
        try (VideoReader reader = VideoReader.open(file); Stream<Path> left = Files.list(folder)) {
            assertEquals(frames, Stream.generate(reader::next).takeWhile(frame -> frame != null).count());
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskWithoutRoomIsToldBeforeTheFirstFrame() {
        assertThrows(IOException.class, () -> new ReservedFile(Path.of("/dev/full")));
    }

    @Test
    void theFileEndsWhereItsContentDoes() throws IOException {
        Path file = folder.resolve("a");
        try (ReservedFile reserved = new ReservedFile(file)) {
            reserved.write(StandardCharsets.US_ASCII.encode("the en."));
            assertTrue(Files.size(file) > 1 << 20, "room is kept");
            reserved.seek(6);
            reserved.write(StandardCharsets.US_ASCII.encode("d."));
            assertEquals(8, reserved.size());
        }
        assertEquals("the end.", Files.readString(file));
    }
}
