package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.cli.console.UserError;
import org.junit.jupiter.api.Test;

class StartTest {
    @Test
    void aStartIsSecondsOrMinutes() {
        assertEquals(90.5, Start.parse("90.5"));
        assertEquals(90.5, Start.parse("1:30.5"));
        assertEquals(3690, Start.parse("1:01:30"));
        for (String wrong : new String[] {"", "-1", "1:", "a", "1:2:3:4", "1e3"}) {
            assertThrows(UserError.class, () -> Start.parse(wrong), wrong);
        }
    }
}
