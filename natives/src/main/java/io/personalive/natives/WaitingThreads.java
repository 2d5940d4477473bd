package io.personalive.natives;

import com.sun.jna.NativeLibrary;
import java.util.Locale;

/**
 * How native threads wait for their next piece of work: asleep, soon. They would spin, and where another program wants
 * the processors too, those that spin take them from the one that everybody waits for: small operations become ten times
 * slower. OpenMP reads this from the environment when it is loaded, and never again, so it is set before.
 */
final class WaitingThreads {
    /** Rounds of a loop, some hundredths of a millisecond: longer than from one operation to the next. */
    private static final String VARIABLE = "GOMP_SPINCOUNT", ROUNDS = "10000";

    private WaitingThreads() {}

    /** What the environment says already stays. Does nothing where OpenMP is another than GNU's. */
    static void sleepSoon() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                || System.getenv("OMP_WAIT_POLICY") != null) {
            return;
        }
        int keep = 0;
        try {
            NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {VARIABLE, ROUNDS, keep});
        } catch (LinkageError notUnpacked) {
            // on a full disk; without it all is only slower
        }
    }
}
