package io.personalive.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.media.face.FaceFraming;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.picture.PictureReader;
import io.personalive.media.picture.PngWriter;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.media.video.VideoWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is used first, native memory is not bounded by Java's heap: JavaCPP reads its limits once. */
class FirstTouchTest {
    @TempDir
    private Path folder;

    /** Runs in a process of its own. */
    static final class Child {
        private static final Map<String, Touch> TOUCHES = Map.of(
                "framing", path -> new FaceFraming().close(),
                "reading", path -> PictureReader.read(path),
                "resizing", path -> Resize.toSquare(Bgr.blank(3, 2), 2),
                "video", path -> VideoReader.open(path.resolveSibling("driving.mp4")).close(),
                "writing", path -> VideoWriter.open(path.resolveSibling("out.mp4"), 16, 16, FrameRate.DEFAULT, null).abort());

        private interface Touch {
            void of(Path path);
        }

        public static void main(String... arguments) {
            TOUCHES.get(arguments[0]).of(Path.of(arguments[1]));
            System.out.print(Pointer.maxBytes() + " " + Pointer.maxPhysicalBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"framing", "reading", "resizing", "video", "writing"})
    void nativeMemoryIsUnlimited(String touch) throws IOException, InterruptedException {
        Path picture = folder.resolve("picture.png");
        PngWriter.write(picture, Bgr.blank(4, 4));
        try (VideoWriter writer = VideoWriter.open(folder.resolve("driving.mp4"), 16, 16, FrameRate.DEFAULT, null)) {
            writer.write(Bgr.blank(16, 16));
        }
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), Child.class.getName(), touch, picture.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor());
        assertEquals("0 0", said);
    }
}
