package io.personalive.server.session;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this process and of its machine, bytes. */
public final class ProcessMemory {
    private static final Path OF_PROCESS = Path.of("/proc/self/status"), OF_MACHINE = Path.of("/proc/meminfo");
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ProcessMemory() {}

    /** What the process holds, native memory included; 0 where the system doesn't tell. */
    public static long resident() {
        return kilobytes(OF_PROCESS, "VmRSS") * 1024;
    }

    /** What could still be had, in the container's limit where there is one. */
    public static long available() {
        long machine = kilobytes(OF_MACHINE, "MemTotal") * 1024;
        boolean limited = machine > 0 && SYSTEM.getTotalMemorySize() < machine;
        long available = limited ? 0 : kilobytes(OF_MACHINE, "MemAvailable") * 1024;
        return available > 0 ? available : SYSTEM.getFreeMemorySize();
    }

    private static long kilobytes(Path file, String name) {
        if (!Files.isReadable(file)) {
            return 0;
        }
        try {
            Matcher line = Pattern.compile("^" + name + ":\\s+(\\d+) kB$", Pattern.MULTILINE).matcher(Files.readString(file));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
