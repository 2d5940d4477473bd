package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.KeyframeConfig;
import io.personalive.animation.portrait.Portrait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyframeBankTest {
    private static AnimationModel model;
    private static Portrait portrait;

    private final KeyframeBank bank =
            new KeyframeBank(model.networks(), portrait, KeyframeConfig.OFFICIAL);

    @BeforeAll
    static void load() {
        model = Micro.load();
        portrait = model.portrait(Micro.picture(1));
    }

    @AfterAll
    static void close() {
        Micro.close(model, portrait);
    }

    @Test
    void noKeyframeIsAddedBeforeTheTenthMicroChunk() {
        for (int chunk = 0; chunk <= 8; chunk++) {
            assertFalse(bank.wants(apart(0, 100)), "micro-chunk " + chunk);
            bank.next();
        }
        assertTrue(considered(apart(0, 100)));
    }

    @Test
    void aKeyframeIsFartherThanTheThresholdFromThePortraitAndFromAllOthers() {
        begin();
        assertFalse(considered(apart(0, 16.9f)));
        assertTrue(considered(apart(0, 17.1f)));
        assertFalse(considered(apart(0, 17.1f)));
        assertFalse(considered(apart(0, 34)));
        assertTrue(considered(apart(0, 34.3f)));
    }

    @Test
    void thereAreThreeAtMost() {
        begin();
        for (int axis = 0; axis < 5; axis++) {
            assertEquals(axis < 3, considered(apart(axis, 100)));
        }
        assertEquals(3, bank.added());
    }

    /** As a stream does it: what is wanted becomes a keyframe. */
    private boolean considered(float[] tokens) {
        boolean wanted = bank.wants(tokens);
        if (wanted) {
            bank.next(tokens, bank.with(portrait.latent()));
        } else {
            bank.next();
        }
        return wanted;
    }

    private void begin() {
        for (int chunk = 0; chunk <= 8; chunk++) {
            bank.next();
        }
    }

    /** Motion tokens at a distance from the portrait's. */
    private static float[] apart(int axis, float distance) {
        float[] tokens = portrait.motion().tokens().clone();
        tokens[axis] += distance;
        return tokens;
    }
}
