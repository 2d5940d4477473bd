package io.personalive.cli.inspect;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code inspect}: what a checkpoint or a folder of them holds. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = "Lists a checkpoint's tensors and says which network it fits; of a folder, whether it is a whole model.")
public final class Inspect implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|FOLDER", description = "A checkpoint (.safetensors, .pth, .bin, or the .index.json of its parts) or a folder of them.")
    private Path path;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (Files.isDirectory(path)) {
            FolderReport.print(path, out);
        } else {
            FileReport.print(path, out);
        }
        out.flush();
        return 0;
    }
}
