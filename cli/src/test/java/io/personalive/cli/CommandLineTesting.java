package io.personalive.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a verb as the program does, and catches what it prints. */
public final class CommandLineTesting {
    /** What a run gave: its exit code and what was printed. */
    public record Result(int exitCode, String out, String err) {}

    private CommandLineTesting() {}

    /** Runs the whole command line. */
    public static Result run(String... arguments) {
        return run(PersonaLive.commandLine(), List.of(arguments));
    }

    /** Runs a verb of the test's own below the program's command line. */
    public static Result run(Callable<Integer> verb, List<String> arguments) {
        CommandLine command = PersonaLive.commandLine();
        String name = "verb-under-test";
        command.addSubcommand(name, verb);
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(arguments);
        return run(command, all);
    }

    private static Result run(CommandLine command, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
