package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateTest {
    @ParameterizedTest
    @CsvSource({"25, 25", "29.97, 30000/1001", "23.976, 24000/1001", "59.94, 60000/1001", "30000/1001, 30000/1001", "12.5, 12500/1000"})
    void textsAreReadExactly(String text, String rate) {
        assertEquals(rate, FrameRate.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-25", "fast", "1000/1", "25/0x", "0.5"})
    void nonsenseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> FrameRate.parse(text));
    }

    @Test
    void framesAndSecondsAgree() {
        FrameRate rate = new FrameRate(30000, 1001);
        assertEquals(1001, rate.seconds(30000));
        assertEquals(300, rate.frames(10.01));
    }
}
