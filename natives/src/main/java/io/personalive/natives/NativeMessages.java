package io.personalive.natives;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Locale;

/**
 * What C libraries print of their own accord, as libjpeg and libpng do about harmless damage: it goes nowhere. C's variable
 * stderr gets another stream; file descriptor 2 stays what it is, for Java and for what a library says as it dies.
 */
final class NativeMessages {
    private NativeMessages() {}

    /** Does nothing but on Linux, where that variable may be set (glibc's manual, Standard Streams). */
    static void silence() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return;
        }
        try {
            Pointer nowhere = NativeLibrary.getInstance("c").getFunction("fopen").invokePointer(new Object[] {"/dev/null", "w"});
            if (nowhere != null) {
                NativeLibrary.getProcess().getGlobalVariableAddress("stderr").setPointer(0, nowhere);
            }
        } catch (LinkageError notUnpacked) {
            // a full disk: what there is no room for is told by who needs it, and not by this
        }
    }
}
