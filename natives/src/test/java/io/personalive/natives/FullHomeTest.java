package io.personalive.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where not even the library for small native calls can be unpacked, as in a home on a full disk, they are left out. */
@EnabledOnOs(OS.LINUX)
class FullHomeTest {
    /** Runs in a process of its own. */
    static final class Child {
        public static void main(String... arguments) {
            NativeLibraries.silence();
            WaitingThreads.sleepSoon();
        }
    }

    @Test
    void nothingFails() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djna.tmpdir=/proc/nothing",
                "-cp", System.getProperty("java.class.path"), Child.class.getName()).inheritIO().start();
        assertEquals(0, child.waitFor());
    }
}
