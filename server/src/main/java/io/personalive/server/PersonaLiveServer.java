package io.personalive.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.staticfiles.Location;
import io.personalive.server.http.Access;
import io.personalive.server.http.Errors;
import io.personalive.server.http.JettyErrors;
import io.personalive.server.http.Listening;
import io.personalive.server.http.MjpegRoute;
import io.personalive.server.http.OperationRoutes;
import io.personalive.server.http.Presets;
import io.personalive.server.http.SessionRoutes;
import io.personalive.server.http.Transport;
import io.personalive.server.http.UploadDeadline;
import io.personalive.server.metrics.ServerMetrics;
import io.personalive.server.session.LiveModel;
import io.personalive.server.session.SessionLimits;
import io.personalive.server.session.Sessions;
import io.personalive.server.socket.SocketRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server: page, interface and sessions, one model. It answers as soon as it is started, and lets people in once it has
 * been given a model. To stop: {@link #drain}, {@link #close}.
 */
public final class PersonaLiveServer implements AutoCloseable {
    /** Small values of a form; pictures have a limit of their own, see PortraitUpload. */
    private static final long MOST_JSON_BYTES = 64_000, MOST_FORM_BYTES = 21_000_000;
    private static final int MOST_CONNECTIONS = 2000, MOST_THREADS = 1000;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String PAGE_POLICY = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
            + "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final List<Transport> transports;
    private final ServerMetrics metrics = new ServerMetrics();
    private final Sessions sessions;
    private final SocketRoute sockets;
    private final Javalin http;
    private final String address;
    private LiveModel model;

    private PersonaLiveServer(ServerSettings settings, List<Transport> transports) throws IOException {
        this.transports = List.copyOf(transports);
        Listening listening = settings.listening();
        sessions = new Sessions(settings.limits(), settings.crop(), settings.first(), settings.badge(), metrics);
        metrics.watch(sessions);
        Access access = new Access(listening, sessions);
        sockets = new SocketRoute(access);
        Presets presets = new Presets(settings.presets());
        http = Javalin.create(config -> {
            configure(config, listening);
            config.jetty.threadPool = threads(settings.limits());
            Errors.register(config.routes);
            config.routes.before(context -> {
                access.refuseOtherSites(context);
                context.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer")
                        .header("Cross-Origin-Resource-Policy", "same-origin").header("Cache-Control", "no-store");
            });
            new SessionRoutes(sessions, access, presets, this.transports).register(config.routes);
            new OperationRoutes(sessions, access, presets, metrics, this.transports).register(config.routes);
            config.routes.get("/api/sessions/{id}/mjpeg", new MjpegRoute(access)::handle);
            sockets.register(config.routes);
            this.transports.forEach(transport -> transport.register(config.routes, access));
        });
        http.start();
        address = (listening.tls() == null ? "http" : "https") + "://" + listening.host() + ":" + http.port();
    }

    /**
     * Begins to answer.
     *
     * @param transports beside the WebSocket and MJPEG; closed with the server
     * @throws IOException if it can't listen there, or the presets can't be read
     */
    public static PersonaLiveServer start(ServerSettings settings, List<Transport> transports) throws IOException {
        try {
            return new PersonaLiveServer(settings, transports);
        } catch (io.javalin.util.JavalinBindException taken) {
            throw new IOException("can't listen at " + settings.listening().host() + ":" + settings.listening().port()
                    + ": another program may use that port; choose another with --port", taken);
        }
    }

    /** Who watches MJPEG holds a thread; the others don't for long. */
    private static QueuedThreadPool threads(SessionLimits limits) {
        long viewers = (long) limits.most() * limits.mostViewers();
        QueuedThreadPool threads = new QueuedThreadPool((int) Math.min(MOST_THREADS, 64 + viewers), 8);
        threads.setName("http");
        return threads;
    }

    private static void configure(JavalinConfig config, Listening listening) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = MOST_JSON_BYTES;
        config.jetty.multipartConfig.maxFileSize(MOST_FORM_BYTES, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(MOST_FORM_BYTES, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxInMemoryFileSize((int) MOST_FORM_BYTES, SizeUnit.BYTES);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyErrors());
            server.setHandler(new UploadDeadline(listening.uploadDeadline()));
            server.setStopTimeout(0); // people were waited for before, see drain
            server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        });
        config.jetty.addConnector((server, http) -> connector(server, http, listening));
        config.staticFiles.add(files -> {
            files.directory = "/io/personalive/server/page";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Content-Security-Policy", PAGE_POLICY, "X-Content-Type-Options", "nosniff",
                    "Referrer-Policy", "no-referrer", "Cache-Control", "no-cache");
        });
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, Listening listening) {
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector;
        if (listening.tls() == null) {
            connector = new ServerConnector(server, new HttpConnectionFactory(http));
        } else {
            SslContextFactory.Server keys = new SslContextFactory.Server();
            keys.setKeyStorePath(listening.tls().keyStore().toString());
            keys.setKeyStoreType("PKCS12");
            keys.setKeyStorePassword(listening.tls().password());
            HttpConfiguration secure = new HttpConfiguration(http);
            SecureRequestCustomizer customizer = new SecureRequestCustomizer();
            customizer.setSniHostCheck(false);
            secure.addCustomizer(customizer);
            connector = new ServerConnector(server, new SslConnectionFactory(keys, "http/1.1"), new HttpConnectionFactory(secure));
        }
        connector.setHost(listening.host());
        connector.setPort(listening.port());
        connector.setIdleTimeout(SILENCE.toMillis());
        return connector;
    }

    /** Where it listens, such as {@code http://localhost:7860}. */
    public String address() {
        return address;
    }

    /** Its sessions, for what runs in the same process. */
    public Sessions sessions() {
        return sessions;
    }

    /** Every route: method and path, WebSockets as GET. */
    List<String> routes() {
        return Routes.of(http);
    }

    /** Warms a model and lets people in; to be called once. @param model closed with this */
    public void open(LiveModel model) {
        this.model = model;
        sessions.open(model);
    }

    /** Lets nobody in any more and waits until people have left, or the time for that is over. */
    public void drain() {
        sessions.drain();
    }

    @Override
    public void close() {
        sessions.close();
        sockets.close();
        transports.forEach(Transport::close);
        http.stop();
        metrics.close();
        if (model != null) {
            model.close();
        }
    }
}
