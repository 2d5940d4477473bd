package io.personalive.animation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionTemplate;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.animation.portrait.Frames;
import io.personalive.torch.ComputeThreads;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
                "threads", file -> ComputeThreads.choose(1),
                "precision", file -> Precision.parse("auto", Device.parse("auto")),
                "picture", file -> Frames.toBytes(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)),
                "motion", MotionTemplate::read,
                "model", file -> MovedPortraitNetworks.nano().close());

        private interface Touch {
            void of(Path file);
        }

        public static void main(String... arguments) {
            TOUCHES.get(arguments[0]).of(Path.of(arguments[1]));
            System.out.print(Pointer.maxBytes() + " " + Pointer.maxPhysicalBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "precision", "picture", "motion", "model"})
    void nativeMemoryIsUnlimited(String touch) throws IOException, InterruptedException {
        Path motion = folder.resolve("motion.safetensors");
        new MotionTemplate(List.of(new MotionFrame(new float[32 * 16], 0, 0, 0, new float[3])), 16, 25, 1, "0000000000000000").write(motion);
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), Child.class.getName(), touch, motion.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor());
        assertEquals("0 0", said);
    }
}
