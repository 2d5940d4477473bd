package io.personalive.cli;

import io.personalive.animation.model.NearestName;
import io.personalive.cli.console.UserError;
import io.personalive.media.MediaException;
import io.personalive.torch.weights.CheckpointException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a verb throws into one line on the error stream and an exit code. */
final class Failures implements IParameterExceptionHandler {
    static final int INTERNAL = 1, USAGE = 2;

    private final BooleanSupplier stacktrace;

    /** @param stacktrace whether the user asked for stack traces; read when something fails */
    Failures(BooleanSupplier stacktrace) {
        this.stacktrace = stacktrace;
    }

    /** Runs the verb that was asked for. */
    int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (ParameterException wrongUsage) {
            throw wrongUsage;
        } catch (CommandLine.ExecutionException failed) {
            return report(failed.getCause() == null ? failed : failed.getCause(), failed.getCommandLine().getErr());
        } catch (Throwable failed) { // errors too: a missing native library is one
            return report(failed, parsed.commandSpec().commandLine().getErr());
        }
    }

    @Override
    public int handleParseException(ParameterException wrongUsage, String[] arguments) {
        CommandLine command = wrongUsage.getCommandLine();
        PrintWriter err = command.getErr();
        Optional<String> misspelt = misspelt(wrongUsage, arguments);
        err.println("personalive: " + misspelt.orElse(wrongUsage.getMessage()));
        if (misspelt.isEmpty() && !UnmatchedArgumentException.printSuggestions(wrongUsage, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        trace(wrongUsage, err);
        return USAGE;
    }

    /** Also behind what is said to be missing: {@code --ouput} is why {@code --output} is. */
    private static Optional<String> misspelt(ParameterException wrongUsage, String[] arguments) {
        if (!(wrongUsage instanceof UnmatchedArgumentException) && !(wrongUsage instanceof MissingParameterException)) {
            return Optional.empty();
        }
        Set<String> known = new LinkedHashSet<>();
        for (CommandLine command = wrongUsage.getCommandLine(); command != null; command = command.getParent()) {
            known.addAll(command.getCommandSpec().optionsMap().keySet());
        }
        return Stream.of(arguments).takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.startsWith("--")).map(argument -> argument.split("=", 2)[0])
                .filter(name -> !known.contains(name)).findFirst()
                .map(name -> "there is no option " + name + ", perhaps " + NearestName.of(name, known) + " is meant");
    }

    private int report(Throwable thrown, PrintWriter err) {
        Throwable failure = unwrap(thrown);
        String advice = adviceFor(failure);
        String shortage = MemoryShortage.explain(failure);
        if (advice != null) {
            err.println("personalive: " + advice);
        } else if (shortage != null) {
            err.println("personalive: " + shortage);
        } else {
            err.println("personalive: unexpected internal error: " + failure
                    + (stacktrace.getAsBoolean() ? "" : ". Run again with --stacktrace to see where, and report it"));
        }
        trace(failure, err);
        err.flush();
        return advice != null ? USAGE : INTERNAL;
    }

    private void trace(Throwable failure, PrintWriter err) {
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
    }

    private static Throwable unwrap(Throwable failure) {
        boolean wrapper = failure instanceof UncheckedIOException || failure instanceof ExecutionException
                || failure instanceof CompletionException || failure instanceof ExceptionInInitializerError;
        return wrapper && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }

    /** One line for what the user can put right; null for a fault of the program. */
    private static String adviceFor(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof UserError || failure instanceof CheckpointException
                || failure instanceof MediaException || failure instanceof IllegalArgumentException) {
            return message;
        }
        return failure instanceof IOException unreadable ? adviceFor(unreadable, message) : null;
    }

    private static String adviceFor(IOException failure, String message) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        } else if (failure instanceof FileNotFoundException) {
            return message;
        } else if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": no permission to read or write it";
        } else if (failure instanceof FileAlreadyExistsException present) {
            return present.getFile() + ": is already there";
        } else if (failure instanceof NotDirectoryException file) {
            return file.getFile() + ": is not a folder";
        } else if (failure instanceof DirectoryNotEmptyException folder) {
            return folder.getFile() + ": is a folder that isn't empty";
        } else if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + (file.getReason() == null ? "can't be used" : file.getReason());
        } else if (failure instanceof UnknownHostException || failure instanceof ConnectException) {
            return "can't connect" + (message == null ? "" : " (" + message + ")") + ": check the network and the address";
        }
        return message == null ? "reading or writing failed (" + failure.getClass().getSimpleName() + ")" : message;
    }
}
