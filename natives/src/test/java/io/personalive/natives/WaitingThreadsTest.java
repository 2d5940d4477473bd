package io.personalive.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WaitingThreadsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void theEnvironmentOfNativeLibrariesSaysHowLongToSpinAndTheUsersWordStays() {
        NativeLibraries.ready();

        String users = System.getenv("GOMP_SPINCOUNT");
        assertEquals(users == null ? "10000" : users, NativeLibrary.getInstance("c").getFunction("getenv")
                .invokeString(new Object[] {"GOMP_SPINCOUNT"}, false));
    }
}
