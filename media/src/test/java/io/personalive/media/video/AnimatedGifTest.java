package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnimatedGifTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {10, 25, 30, 50, 60, 120, 240})
    void noDelayIsTooShortForABrowserAndTheLengthIsRight(int rate) throws IOException {
        Path file = TestMedia.video(folder.resolve("a.gif"), 32, 32, new FrameRate(rate, 1), 40, null);
        List<Integer> delays = delays(Files.readAllBytes(file));
        assertTrue(delays.stream().allMatch(delay -> delay >= 2), delays.toString());
        assertEquals(40 * 100.0 / rate, delays.stream().mapToInt(delay -> delay).sum(), 1.5, delays.toString());
        assertTrue(rate > 50 || delays.size() == 40, delays.toString());
    }

    @Test
    void picturesAreNumberedWithTheSameDigitsEverywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale.Builder().setLanguage("ar").setRegion("EG").build());
            Path pictures = TestMedia.video(folder.resolve("pictures"), 32, 32, FrameRate.DEFAULT, 1, null);
            assertTrue(Files.exists(pictures.resolve("000000.png")));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Hundredths of a second, from the graphic control extensions before the pictures. */
    private static List<Integer> delays(byte[] gif) {
        List<Integer> delays = new ArrayList<>();
        for (int i = 0; i + 7 < gif.length; i++) {
            if (gif[i] == 0x21 && gif[i + 1] == (byte) 0xF9 && gif[i + 2] == 4 && gif[i + 7] == 0) {
                delays.add((gif[i + 4] & 255) + ((gif[i + 5] & 255) << 8));
            }
        }
        return delays;
    }
}
