package io.personalive.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.PersonaLive;
import io.personalive.cli.animate.Drawn;
import io.personalive.media.AiMark;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FfmpegProgram;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.TimedPicture;
import io.personalive.media.video.VideoReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTest {
    @TempDir
    private Path folder;
    private Path portrait;

    @BeforeEach
    void drawPortrait() throws IOException {
        portrait = Drawn.portrait(folder.resolve("portrait.png"));
    }

    private List<String> arguments(Object... more) {
        List<String> all = new ArrayList<>(List.of("live", "--model", "synthetic:micro", "--threads", "1", "--reference", portrait.toString()));
        for (Object argument : more) {
            all.add(argument.toString());
        }
        return all;
    }

    private Result run(Object... more) {
        return CommandLineTesting.run(arguments(more).toArray(String[]::new));
    }

    private static Process ffmpeg(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(FfmpegProgram.path(), "-loglevel", "error"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String address() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "rtmp://127.0.0.1:" + socket.getLocalPort() + "/live/key";
        }
    }

    /** How many frames a file holds, each later than the one before, and when the last is shown, seconds. */
    private static double[] framesAndEnd(Path file) {
        int frames = 0;
        long last = -1;
        try (VideoReader video = VideoReader.open(file)) {
            for (TimedPicture next = video.nextTimed(); next != null; next = video.nextTimed()) {
                assertTrue(next.nanoseconds() > last);
                last = next.nanoseconds();
                frames++;
            }
        }
        return new double[] {frames, last / 1e9};
    }

    @Test
    void aFilePlaysInRealTimeToAServerAndAFileAtOnce() throws Exception {
        AudioSource tone = new AudioSource(Drawn.tone(folder.resolve("tone.wav"), 3), 0);
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 75, FrameRate.DEFAULT, tone);
        Path recorded = folder.resolve("recorded.mp4"), received = folder.resolve("received.mkv");
        String address = address();
        Process server = ffmpeg("-listen", "1", "-f", "flv", "-i", address, "-c", "copy", received);
        Thread.sleep(1000);
        Result result = run("--driving", driving, "--rtmp", address, "--record", recorded);
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        for (Path file : List.of(recorded, received)) {
            double[] got = framesAndEnd(file);
            assertTrue(got[0] > 2, got[0] + " frames; " + result.err());
            assertTrue(got[1] > 0.3 && got[1] <= 3, "they keep the driver's times, to " + got[1] + " s");
            assertTrue(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(AiMark.COMMENT));
            try (VideoReader video = VideoReader.open(file)) {
                assertTrue(video.audio().isPresent());
            }
        }
        assertTrue(result.err().contains("frames/s in") && result.err().contains(recorded + ": "), result.err());
    }

    @Test
    void aServersStreamDrivesUntilTheProgramIsStoppedAndTheRecordingIsPlayable() throws Exception {
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 50, FrameRate.DEFAULT, null);
        Path recorded = folder.resolve("recorded.mp4");
        String address = address();
        Process server = ffmpeg("-re", "-stream_loop", "-1", "-i", driving, "-c", "copy", "-f", "flv", "-listen", "1", address);
        Thread.sleep(1000);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PersonaLive.class.getName()));
        command.addAll(arguments("--driving", address, "--record", recorded));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains(" frames/s in, ") && !line.contains(" 0.0 out")) {
                    process.toHandle().destroy();
                }
            }
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        server.destroyForcibly();
        assertTrue(framesAndEnd(recorded)[0] > 0, said.toString());
    }

    @Test
    void whatIsWrongIsSaidBeforeTheModelIsLoaded() {
        assertTrue(run("--camera", "/dev/video99").err().contains("say where the frames are to go"));
        assertTrue(run("--record", "a.mp4").err().contains("--camera"));
        assertTrue(run("--camera", "/dev/video99", "--record", folder.resolve("a.mp4")).err().contains("the camera /dev/video99 can't be opened"));
        assertTrue(run("--camera", "0", "--rtmp", "http://host").err().contains("rtmp://HOST"));
        assertTrue(run("--camera", "0", "--rtmp", "srt://host:9").err().contains("no rtmp://"));
        assertTrue(run("--camera", "0", "--virtual-camera", folder.resolve("video9")).err().contains("v4l2loopback"));
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 3, FrameRate.DEFAULT, null);
        assertTrue(run("--driving", driving, "--record", driving).err().contains("would replace the driver"));
        Result gone = run("--driving", driving, "--rtmp", "rtmp://127.0.0.1:9/live/secret");
        assertEquals(2, gone.exitCode());
        assertTrue(gone.err().contains("rtmp://127.0.0.1:9/live/… can't be sent to"), gone.err());
    }
}
