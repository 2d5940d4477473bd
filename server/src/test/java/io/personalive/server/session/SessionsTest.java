package io.personalive.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.live.Crop;
import io.personalive.media.image.Bgr;
import io.personalive.server.DrawnModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SessionsTest {
    private static final SessionSettings.Change NONE = new SessionSettings.Change(null, null, null, null, null, null);
    private static final SessionLimits LIMITS = new SessionLimits(4, 0, Duration.ofSeconds(30), Duration.ofSeconds(5), 4);

    private static void beginAndEnd(Sessions sessions, int times) {
        FramedPortrait portrait = new FramedPortrait(Bgr.blank(64, 64), true);
        for (int i = 0; i < times; i++) {
            while (sessions.held() == LIMITS.most()) {
                Thread.onSpinWait();
            }
            Session session = sessions.begin(() -> portrait, NONE, null);
            session.driver(() -> { }).push(0, () -> Bgr.blank(16, 16));
            session.end(SessionEnd.DELETED);
        }
    }

    private static long heldMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    @Test
    void tenThousandSessionsLeaveMemoryWhereItWas() {
        DrawnModel model = new DrawnModel(0);
        Sessions sessions = new Sessions(LIMITS, Crop.NONE, SessionSettings.USUAL, false, SessionStatistics.NONE);
        try (sessions) {
            sessions.open(model);
            beginAndEnd(sessions, 200);
            long before = heldMegabytes();
            beginAndEnd(sessions, 10_000);
            assertTrue(heldMegabytes() < before + 10, before + " MB before, " + heldMegabytes() + " MB after");
        }
        assertEquals(0, model.open());
        assertEquals(0, sessions.held());
    }
}
