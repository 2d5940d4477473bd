package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.PersonaLive;
import io.personalive.media.video.FrameRate;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedAnimationTest {
    private static final Pattern PROGRESS = Pattern.compile(".*animating: (\\d+) frames of .*");
    private static final Pattern STOPPED = Pattern.compile(".*stopped; .*: (\\d+) frames? of .*");
    private static final int FRAMES = 60;

    @TempDir
    private Path folder;

    @Test
    void whatIsDoneWhenTheProgramIsStoppedIsAPlayableVideo() throws Exception {
        Path portrait = Drawn.portrait(folder.resolve("portrait.png"));
        Path driving = Drawn.video(folder.resolve("driving.mp4"), FRAMES, FrameRate.DEFAULT, null);
        Path output = folder.resolve("out.mp4");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PersonaLive.class.getName(), "animate", "--model", "synthetic:micro",
                "--threads", "1", "--reference", portrait.toString(), "--driving", driving.toString(), "--output", output.toString())
                .redirectErrorStream(true).start();
        String stopped = null;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher progress = PROGRESS.matcher(line);
                // four steps of 18 pass before there are frames
                if (progress.matches() && Integer.parseInt(progress.group(1)) > FRAMES * 4 / 18) {
                    process.toHandle().destroy(); // unlike the process's own, leaves its output open
                }
                Matcher last = STOPPED.matcher(line);
                stopped = last.matches() ? last.group(1) : stopped;
            }
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertNotEquals(0, process.exitValue());
        assertNotNull(stopped);
        int made = Drawn.frames(output).size();
        assertEquals(Integer.parseInt(stopped), made);
        assertTrue(made > 0 && made < FRAMES, made + " frames");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("driving.mp4", "out.mp4", "portrait.png"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
