package io.personalive.cli;

import io.personalive.cli.animate.Animate;
import io.personalive.cli.animate.ExtractMotion;
import io.personalive.cli.bench.Bench;
import io.personalive.cli.console.UserError;
import io.personalive.cli.demo.Demo;
import io.personalive.cli.download.Download;
import io.personalive.cli.inspect.Inspect;
import io.personalive.cli.live.Live;
import io.personalive.cli.network.MakeSynthetic;
import io.personalive.cli.network.RunNetwork;
import io.personalive.cli.serve.Serve;
import io.personalive.cli.train.Evaluate;
import io.personalive.cli.train.Prepare;
import io.personalive.cli.train.Train;
import io.personalive.natives.NativeLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line: {@code personalive VERB …}. Each verb is a class of its own, registered here.
 *
 * <p>A verb throws {@link UserError}, {@link IllegalArgumentException} or an {@link IOException} for what its user
 * can put right; {@link Failures} turns that into one line and an exit code.
 */
@Command(name = "personalive", mixinStandardHelpOptions = true, versionProvider = PersonaLive.Version.class,
        synopsisSubcommandLabel = "VERB",
        description = "Animates a portrait with a driver's expressions and head movements.",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "'personalive help VERB' explains a verb.",
            "Exit codes: 0 done, 1 unexpected internal error, 2 wrong usage or input, 130 stopped by Ctrl-C."},
        subcommands = {Demo.class, Animate.class, Live.class, Serve.class, ExtractMotion.class, Prepare.class, Train.class, Evaluate.class,
            Download.class, Inspect.class, RunNetwork.class, Bench.class, MakeSynthetic.class, CommandLine.HelpCommand.class})
public final class PersonaLive {
    @Option(names = "--stacktrace", scope = ScopeType.INHERIT,
            description = "With an error, print where in the program it arose.")
    private boolean stacktrace;

    public static void main(String... arguments) {
        NativeLibraries.silence();
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, as {@code main} runs it; {@code execute} returns the exit code and throws nothing. */
    static CommandLine commandLine() {
        PersonaLive top = new PersonaLive();
        Failures failures = new Failures(() -> top.stacktrace);
        return new CommandLine(top)
                .setExecutionStrategy(failures::run)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The version that the build wrote beside this class. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream file = PersonaLive.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                properties.load(file);
                return new String[] {"personalive " + properties.getProperty("version")};
            }
        }
    }
}
