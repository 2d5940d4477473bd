package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.video.FrameRate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in one line, before a model is loaded, and leaves nothing behind. */
class WrongInputsTest {
    @TempDir
    private Path folder;
    private Path portrait, driving;

    @BeforeEach
    void draw() throws IOException {
        portrait = Drawn.portrait(folder.resolve("portrait.png"));
        driving = Drawn.video(folder.resolve("driving.mp4"), 3, FrameRate.DEFAULT, null);
    }

    /** @param changes options that replace or add to right ones */
    private void assertRefused(String message, Object... changes) {
        assertVerbRefuses("animate", message, changes);
    }

    private void assertVerbRefuses(String verb, String message, Object... changes) {
        List<String> options = new ArrayList<>(Arrays.stream(changes).map(Object::toString).toList());
        add(options, "--model", "synthetic:micro");
        add(options, "--driving", driving.toString());
        if (verb.equals("animate")) {
            add(options, "--reference", portrait.toString());
            add(options, "--output", folder.resolve("out.mp4").toString());
        }
        options.add(0, verb);
        Result result = CommandLineTesting.run(options.toArray(String[]::new));
        assertEquals(2, result.exitCode(), result.err());
        List<String> lines = result.err().strip().lines().filter(line -> !line.contains("no face found")).toList();
        assertTrue(lines.size() == 1 && lines.get(0).contains(message), result.err());
        assertFalse(result.err().contains("loading"), result.err());
    }

    private static void add(List<String> options, String name, String value) {
        if (!options.contains(name)) {
            options.addAll(List.of(name, value));
        }
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void portraits() throws IOException {
        assertRefused("nobody.png does not exist", "--reference", folder.resolve("nobody.png"));
        assertRefused("empty.png is empty", "--reference", file("empty.png", new byte[0]));
        // a PNG's header of 20,000 x 20,000 pixels
        ByteBuffer header = ByteBuffer.allocate(33).put(Files.readAllBytes(portrait), 0, 33).putInt(16, 20_000).putInt(20, 20_000);
        assertRefused("too large (20000 x 20000 pixels", "--reference", file("large.png", header.array()));
    }

    @Test
    void drivers() throws IOException {
        assertRefused("nobody.mp4 does not exist", "--driving", folder.resolve("nobody.mp4"));
        assertRefused("holds sound but no video", "--driving", Drawn.tone(folder.resolve("tone.wav"), 0.1));
        assertRefused("empty.mp4", "--driving", file("empty.mp4", new byte[0]));
        assertRefused("holds no pictures", "--driving", Files.createDirectory(folder.resolve("nothing")));
        assertRefused("lies behind the end", "--start", "1:00");
        assertRefused("write seconds", "--start", "soon");
        assertRefused("--max-frames 0", "--max-frames", "0");
        assertRefused("--frame-rate is for a folder", "--frame-rate", "10");
    }

    @Test
    void motion() throws IOException {
        MotionFrame still = new MotionFrame(new float[32 * 16], 0, 0, 0, new float[3]);
        Path motion = folder.resolve("motion.safetensors");
        new MotionTemplate(List.of(still), 16, 25, 1, "0000000000000000").write(motion);
        assertRefused("was made with another motion encoder", "--driving", motion);
        assertRefused("is no motion template", "--driving", file("other.safetensors", "\2\0\0\0\0\0\0\0{}".getBytes("US-ASCII")));
        assertVerbRefuses("extract-motion", "holds motion already", "--driving", motion, "--output", folder.resolve("again.safetensors"));
        assertVerbRefuses("extract-motion", "name a .safetensors file", "--output", folder.resolve("motion.mp4"));
    }

    @Test
    void outputs() throws IOException {
        assertRefused("there is no folder", "--output", folder.resolve("missing/out.mp4"));
        assertRefused("is the root of a file system", "--output", folder.getRoot());
        assertRefused("can't be written", "--output", folder.resolve("out.avi"));
        assertRefused("would replace an input", "--output", driving);
        assertRefused("would replace an input", "--output", folder.resolve("x/../driving.mp4"));
        assertRefused("File name too long", "--output", folder.resolve("a".repeat(252) + ".mp4"));
        assertVerbRefuses("extract-motion", "File name too long", "--output", folder.resolve("a".repeat(250) + ".safetensors"));
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("note.txt"), "kept");
        assertRefused("is not empty", "--output", full);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("driving.mp4", "full", "portrait.png"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void settings() {
        assertRefused("model 'nowhere' is neither nano, nor a folder, nor synthetic:NAME", "--model", "nowhere");
        assertRefused("expression strength is 9.0", "--expression-strength", "9");
        assertRefused("head strength is -1.0", "--head-strength", "-1");
        assertRefused("give grey, white, black or a colour as #RRGGBB", "--background", "transparent");
        assertRefused("face 'tall' is unknown: use largest, left, right", "--face", "tall");
        assertRefused("frame rate '0': from 1", "--rate", "0");
        assertRefused("device 'tpu' is unknown", "--device", "tpu");
        assertRefused("precision 'int8' is unknown", "--precision", "int8");
        assertRefused("--threads -1", "--threads", "-1");
    }
}
