package io.personalive.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** What this machine's processor can do. */
public final class Cpu {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private Cpu() {}

    /**
     * Whether the processor multiplies bfloat16 in hardware (AMX, AVX512-BF16, ARM BF16). Elsewhere bfloat16 is
     * emulated, some seventy times slower than float32. Unknown counts as no.
     */
    public static boolean multipliesBfloat16() {
        Set<String> flags = flags();
        return flags.contains("amx_bf16") || flags.contains("avx512_bf16")
                || flags.contains("hw.optional.arm.FEAT_BF16: 1");
    }

    /** The processor's name as the system gives it. */
    public static String name() {
        return Files.isReadable(CPUINFO) ? field("model name") : System.getProperty("os.arch");
    }

    /** The flags that the system reports; empty where it reports none. */
    static Set<String> flags() {
        if (Files.isReadable(CPUINFO)) {
            return new TreeSet<>(Arrays.asList(field("flags").split("\\s+")));
        }
        if (System.getProperty("os.name", "").startsWith("Mac")) {
            return Set.of(output("sysctl", "hw.optional.arm.FEAT_BF16"));
        }
        return Set.of();
    }

    private static String field(String name) {
        try (var lines = Files.lines(CPUINFO)) {
            return lines.filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst().orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
