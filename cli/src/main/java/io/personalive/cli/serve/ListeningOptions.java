package io.personalive.cli.serve;

import io.personalive.cli.console.UserError;
import io.personalive.server.http.Listening;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the server is to be reached, and by whom. */
final class ListeningOptions {
    @Option(names = "--host", paramLabel = "H", defaultValue = "localhost",
            description = "Where to listen; 0.0.0.0 lets other machines in, with --token and --tls (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "7860", description = "Default: ${DEFAULT-VALUE}; 0 takes any.")
    private int port;

    @Option(names = "--token", paramLabel = "T", defaultValue = "${env:PERSONALIVE_TOKEN:-}",
            description = "What people must know to begin a session; better set as PERSONALIVE_TOKEN, where other users of "
                    + "this machine don't see it.")
    private String token;

    @Option(names = "--tls", paramLabel = "FILE", description = "A certificate with its key (PKCS #12); its password is read "
            + "from PERSONALIVE_TLS_PASSWORD.")
    private Path keyStore;

    @Option(names = "--behind-proxy", description = "Something in front of this server speaks TLS: listen in plain HTTP.")
    private boolean behindProxy;

    @Option(names = "--public-url", paramLabel = "URL", description = "How people reach this server, if not by its host and port.")
    private URI publicUrl;

    Listening read() {
        Listening.Tls tls = null;
        if (keyStore != null) {
            String password = System.getenv("PERSONALIVE_TLS_PASSWORD");
            if (!Files.isReadable(keyStore)) {
                throw new UserError("--tls " + keyStore + ": there is no such file, or it can't be read");
            }
            if (password == null) {
                throw new UserError("--tls " + keyStore + ": set PERSONALIVE_TLS_PASSWORD to the file's password");
            }
            tls = new Listening.Tls(keyStore, password);
        }
        return new Listening(host, port, token == null || token.isEmpty() ? null : token, tls, behindProxy, publicUrl);
    }
}
