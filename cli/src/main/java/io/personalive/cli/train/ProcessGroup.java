package io.personalive.cli.train;

import io.personalive.cli.console.UserError;
import io.personalive.torch.Device;
import io.personalive.torch.distributed.GlooPeers;
import io.personalive.torch.distributed.Peers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a training: those that the environment tells of (MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, and
 * LOCAL_RANK where several share a host), or as many on this machine as were asked for, which this starts.
 */
final class ProcessGroup implements AutoCloseable {
    private static final String ADDRESS = "MASTER_ADDR", PORT = "MASTER_PORT", RANK = "RANK", COUNT = "WORLD_SIZE", HERE = "LOCAL_RANK";
    private static final int USUAL_PORT = 29500;
    /** The first process writes checkpoints while the others wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String host;
    private final int port, rank, count, rankHere;
    private final boolean launches;
    private final List<Process> children = new ArrayList<>();

    private ProcessGroup(String host, int port, int rank, int count, int rankHere, boolean launches) {
        this.launches = launches;
        this.host = host;
        this.port = port;
        this.rank = rank;
        this.count = count;
        this.rankHere = rankHere;
    }

    /**
     * @param environment of this process
     * @param processes   that were asked for on this machine
     */
    static ProcessGroup of(Map<String, String> environment, int processes) throws IOException {
        if (environment.containsKey(RANK) || environment.containsKey(COUNT)) {
            int rank = number(environment, RANK, -1), count = number(environment, COUNT, -1);
            if (count < 1 || rank < 0 || rank >= count) {
                throw new UserError(RANK + " is " + environment.get(RANK) + " and " + COUNT + " " + environment.get(COUNT)
                        + ": expected a rank from 0 to below the number of processes");
            }
            if (count > 1 && !environment.containsKey(ADDRESS)) {
                throw new UserError(ADDRESS + " is missing: name the host of the process with " + RANK + " 0");
            }
            return new ProcessGroup(environment.getOrDefault(ADDRESS, "127.0.0.1"), number(environment, PORT, USUAL_PORT),
                    rank, count, number(environment, HERE, 0), false);
        }
        return new ProcessGroup("127.0.0.1", processes > 1 ? freePort() : 0, 0, processes, 0, true);
    }

    private static int number(Map<String, String> environment, String name, int usual) {
        String text = environment.get(name);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,5}")) {
            throw new UserError(name + " is '" + text + "', expected a whole number");
        }
        return Integer.parseInt(text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    boolean isFirst() {
        return rank == 0;
    }

    /** How many of the processes share this machine, as far as is known. */
    int here() {
        return host.startsWith("127.") || host.equals("localhost") ? count : 1;
    }

    /**
     * Starts the other processes on this machine, where the environment doesn't tell of any.
     *
     * @param program   whose {@code main} this process runs
     * @param arguments of its command line
     */
    void start(Class<?> program, List<String> arguments) throws IOException {
        if (!launches) {
            return;
        }
        for (int child = 1; child < count; child++) {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(Map.of(ADDRESS, host, PORT, Integer.toString(port), RANK, Integer.toString(child),
                    COUNT, Integer.toString(count), HERE, Integer.toString(child)));
            children.add(builder.start());
        }
    }

    /** @return this process's device: a card of its own where several share a machine and none was asked for by number */
    Device device(String asked) {
        Device device = Device.parse(asked);
        return device.cuda() && !asked.contains(":") && rankHere > 0 ? Device.parse("cuda:" + rankHere) : device;
    }

    /** Waits until all processes are there. */
    Peers join(Device device) throws IOException {
        return count == 1 ? Peers.alone() : GlooPeers.join(host, port, rank, count, PATIENCE, device);
    }

    /** Ends the processes that this one started, if they haven't ended by themselves. */
    @Override
    public void close() {
        for (Process child : children) {
            try {
                if (!child.waitFor(30, TimeUnit.SECONDS)) {
                    child.destroy();
                }
            } catch (InterruptedException ending) {
                child.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }
}
