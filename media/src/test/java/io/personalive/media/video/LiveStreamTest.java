package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.AiMark;
import io.personalive.media.MediaException;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveStreamTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void anRtmpServerGetsFramesWithTheirTimesAndTheMark() throws Exception {
        String address = "rtmp://127.0.0.1:" + StreamServer.freePort() + "/live/key";
        Path kept = folder.resolve("kept.mkv");
        try (StreamServer server = new StreamServer(kept, address, "-listen", "1", "-f", "flv")) {
            send(address);
            server.finish();
        }
        assertKept(kept);
        assertTrue(new String(Files.readAllBytes(kept), StandardCharsets.ISO_8859_1).contains(AiMark.COMMENT));
    }

    @Test
    void anSrtListenerGetsFramesWithTheirTimesAndTheMark() throws Exception {
        String address = "srt://127.0.0.1:" + StreamServer.freePort();
        Path kept = folder.resolve("kept.ts");
        try (StreamServer server = new StreamServer(kept, address + "?mode=listener")) {
            send(address);
            server.finish();
        }
        assertKept(kept);
    }

    /** 40 frames, one after the other with pauses of 40 and 80 ms. */
    private static long time(int frame) {
        return (frame / 2 * 120L + frame % 2 * 40L) * 1_000_000;
    }

    private static void send(String address) throws InterruptedException {
        try (VideoWriter writer = StreamServer.connected(() -> VideoWriter.stream(address, 64, 64, FrameRate.DEFAULT, null))) {
            for (int i = 0; i < 40; i++) {
                writer.write(TestMedia.numbered(64, 64, i), time(i));
                Thread.sleep(20);
            }
            assertEquals(40, writer.frames());
            Thread.sleep(300);
        }
    }

    private static void assertKept(Path kept) {
        try (VideoReader reader = VideoReader.open(kept)) {
            TimedPicture first = reader.nextTimed();
            int frames = 1;
            for (TimedPicture next = reader.nextTimed(); next != null; next = reader.nextTimed()) {
                int number = TestMedia.number(next.picture());
                assertEquals((time(number) - time(TestMedia.number(first.picture()))) / 1e6, (next.nanoseconds() - first.nanoseconds()) / 1e6, 1.5);
                frames++;
            }
            assertTrue(frames >= 35, frames + " frames");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutTheKey() throws Exception {
        String address = "rtmp://127.0.0.1:" + StreamServer.freePort() + "/live/secret";
        String message = assertThrows(MediaException.class, () -> VideoWriter.stream(address, 64, 64, FrameRate.DEFAULT, null)).getMessage();
        assertTrue(message.startsWith("rtmp://127.0.0.1:"), message);
        assertTrue(message.contains("can't be sent to"), message);
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host/live", "rtmp://", "rtmp://host", "srt://host", "file:out.flv", ""})
    void otherAddressesAreRefused(String address) {
        assertTrue(assertThrows(MediaException.class, () -> VideoWriter.checkStream(address)).getMessage().contains("rtmp://HOST"));
    }

    @Test
    void aVirtualCameraIsADevice() {
        assertTrue(assertThrows(MediaException.class, () -> VideoWriter.checkCamera(folder.resolve("video9"))).getMessage().contains("modprobe v4l2loopback"));
        assertTrue(assertThrows(MediaException.class, () -> VideoWriter.checkCamera(folder)).getMessage().contains("no virtual camera"));
    }

    @Test
    void aDeviceThatIsNoCameraIsNamed() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "no devices here");
        String message = assertThrows(MediaException.class, () -> VideoWriter.camera(device, 64, 64, FrameRate.DEFAULT)).getMessage();
        assertTrue(message.contains("/dev/null takes no pictures") || message.contains("sudo apt install libpulse0"), message);
    }

    @Test
    void aPeerThatGoesAwayIsTriedAgainAndTheStreamBeginsAnew() {
        AtomicLong clock = new AtomicLong();
        FakePeer peer = new FakePeer();
        LiveStream stream = new LiveStream("peer", FrameRate.DEFAULT, peer::connect, clock::get);
        stream.write(null, 0);
        peer.there = false;
        stream.write(null, SECOND);
        for (int second = 2; second < 9; second++) {
            clock.addAndGet(SECOND);
            stream.write(null, second * SECOND);
        }
        assertEquals(List.of(0L), peer.times);
        assertEquals(4, peer.attempts, "the first, then after 1, 2 and 4 seconds");
        peer.there = true;
        clock.addAndGet(8 * SECOND);
        stream.write(null, 20 * SECOND);
        stream.write(null, 21 * SECOND);
        stream.close();
        assertEquals(List.of(0L, 0L, SECOND), peer.times);
        assertEquals(3, stream.frames());
        assertEquals(2, peer.ended);
    }

    private static final class FakePeer {
        private final List<Long> times = new ArrayList<>();
        private boolean there = true;
        private int attempts;
        private int ended;

        private VideoWriter connect(long begin) {
            attempts++;
            if (!there) {
                throw new MediaException("the peer is gone");
            }
            return new VideoWriter() {
                private long frames;

                @Override
                public void write(BufferedImage frame, long nanoseconds) {
                    if (!there) {
                        throw new MediaException("the peer is gone");
                    }
                    times.add(nanoseconds);
                    frames++;
                }

                @Override
                public long frames() {
                    return frames;
                }

                @Override
                public FrameRate frameRate() {
                    return FrameRate.DEFAULT;
                }

                @Override
                public void close() {
                    ended++;
                }

                @Override
                public void abort() {
                    ended++;
                }
            };
        }
    }
}
