package io.personalive.server.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a server is to be reached, and by whom.
 *
 * @param host      name or address it listens at
 * @param port      0 for any that is free
 * @param token     what people must know to begin a session; null for nothing
 * @param tls       its certificate; null for plain HTTP
 * @param behindProxy whether something in front of it speaks TLS
 * @param publicUrl how people reach it, if not by its host and port; null if they do
 * @param uploadDeadline what a request's body may take
 */
public record Listening(String host, int port, String token, Tls tls, boolean behindProxy, URI publicUrl,
        Duration uploadDeadline) {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(60);

    /**
     * A certificate with its key.
     *
     * @param keyStore PKCS #12 file
     * @param password of the file
     */
    public record Tls(Path keyStore, String password) {}

    /** For people at this machine only. */
    public static Listening locally(int port) {
        return new Listening("localhost", port, null, null, false, null);
    }

    public Listening(String host, int port, String token, Tls tls, boolean behindProxy, URI publicUrl) {
        this(host, port, token, tls, behindProxy, publicUrl, USUAL_DEADLINE);
    }

    /** @throws IllegalArgumentException if it would be open to others without protection, naming what is missing */
    public Listening {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port is " + port + ", expected 0 (any) to 65535");
        }
        if (token != null && token.length() < 16) {
            throw new IllegalArgumentException("the access token has " + token.length() + " letters: take 16 or more");
        }
        if (publicUrl != null && (publicUrl.getHost() == null || !("" + publicUrl.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException("the public address is " + publicUrl + ", expected such as https://live.example.org");
        }
        if (!isLoopback(host)) {
            if (token == null) {
                throw new IllegalArgumentException("listening at " + host + " lets others in: it takes an access token "
                        + "(PERSONALIVE_TOKEN=… or --token), or listen at localhost");
            }
            if (tls == null && !behindProxy) {
                throw new IllegalArgumentException("listening at " + host + " in plain HTTP lets others read along, and browsers "
                        + "refuse the camera: give a certificate (--tls FILE.p12), or --behind-proxy if something in front of "
                        + "this server speaks TLS");
            }
        }
    }

    /** Whether only this machine reaches it. */
    public boolean isLocal() {
        return isLoopback(host);
    }

    /** Whether only this machine reaches a host. @throws IllegalArgumentException if there is no such host */
    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("there is no host '" + host + "' to listen at: use localhost, 0.0.0.0 or an address "
                    + "of this machine", unknown);
        }
    }
}
