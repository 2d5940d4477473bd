package io.personalive.cli.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A hub on this machine: lists of files, redirects to a storage server on another port, and every kind of mishap. */
final class FakeHub implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // small answers at once
    }

    /** Files per repository, by path. Those above a kilobyte are in large file storage. */
    final Map<String, Map<String, byte[]>> repositories = new TreeMap<>();
    /** Authorization headers that reached the storage server. */
    final List<String> leakedTokens = new CopyOnWriteArrayList<>();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicInteger listings = new AtomicInteger();
    /** How many bytes in all the storage sends before it drops every connection. */
    final AtomicLong bytesUntilOutage = new AtomicLong(Long.MAX_VALUE);
    /** How many answers are cut off in the middle. */
    final AtomicInteger drops = new AtomicInteger();
    /** How many answers hang in the middle. */
    final AtomicInteger stalls = new AtomicInteger();
    /** How many requests are answered as too many. */
    final AtomicInteger busy = new AtomicInteger();
    volatile boolean ranges = true;
    volatile int refusal;
    volatile String requiredToken;
    volatile String wrongHashOf = "";
    volatile int pageSize = 1000;
    /** Of each large file, in place of its true size; 0: the true size. */
    volatile long announcedSize;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub = server(this::answerHub);
    private final HttpServer storage = server(this::answerStorage);

    /** A handler that may fail. */
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A hub with every official file, made of random bytes. */
    static FakeHub withOfficialFiles(int largeBytes) {
        FakeHub fake = new FakeHub();
        Random random = new Random(7);
        for (OfficialFile file : OfficialFile.all(true)) {
            for (String path : file.paths()) {
                byte[] content = new byte[path.endsWith(".json") ? 300 : largeBytes];
                random.nextBytes(content);
                fake.repositories.computeIfAbsent(file.repository(), name -> new TreeMap<>()).put(path, content);
            }
        }
        return fake;
    }

    String address() {
        return "http://localhost:" + hub.getAddress().getPort();
    }

    byte[] content(String repository, String path) {
        return repositories.get(repository).get(path);
    }

    private HttpServer server(Handler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void answerHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(429, -1);
        } else if (refusal != 0) {
            exchange.sendResponseHeaders(refusal, -1);
        } else if (requiredToken != null && !("Bearer " + requiredToken).equals(token)) {
            exchange.sendResponseHeaders(401, -1);
        } else if (path.startsWith("/api/models/")) {
            list(exchange, path.substring("/api/models/".length(), path.indexOf("/tree/")));
        } else if (path.startsWith("/moved/")) {
            redirect(exchange, "http://localhost:" + storage.getAddress().getPort() + path.substring("/moved".length()));
        } else {
            redirect(exchange, "/moved" + path); // first a relative redirect, then one to another port
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private void list(HttpExchange exchange, String repository) throws IOException {
        Map<String, byte[]> files = repositories.get(repository);
        if (files == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        listings.incrementAndGet();
        String query = exchange.getRequestURI().getQuery();
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
        List<String> entries = files.entrySet().stream().map(file -> entry(file.getKey(), file.getValue())).toList();
        int to = Math.min(from + pageSize, entries.size());
        if (to < entries.size()) {
            exchange.getResponseHeaders().set("Link", "<" + address() + exchange.getRequestURI().getPath()
                    + "?recursive=true&cursor=" + to + ">; rel=\"next\"");
        }
        byte[] json = ("[{\"type\":\"directory\",\"path\":\"unet\",\"oid\":\"0\",\"size\":0},"
                + String.join(",", entries.subList(from, to)) + "]").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
    }

    private String entry(String path, byte[] content) {
        byte[] hashed = path.equals(wrongHashOf) ? new byte[content.length] : content;
        String large = content.length <= 1024 ? "" : ",\"lfs\":{\"oid\":\"" + hash("SHA-256", hashed) + "\",\"size\":" + (announcedSize > 0 ? announcedSize : content.length)
                + ",\"pointerSize\":135}";
        byte[] prefix = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        return "{\"type\":\"file\",\"path\":\"" + path + "\",\"size\":" + content.length + ",\"oid\":\""
                + hash("SHA-1", prefix, hashed) + "\"" + large + "}";
    }

    private static String hash(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answerStorage(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (token != null) {
            leakedTokens.add(token);
        }
        String[] path = exchange.getRequestURI().getPath().split("/resolve/[^/]+/");
        byte[] content = content(path[0].substring(1), path[1]);
        int from = 0;
        int to = content.length;
        if (ranges) {
            String[] range = exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-");
            from = Integer.parseInt(range[0]);
            to = Math.min(Integer.parseInt(range[1]) + 1, to);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(ranges ? 206 : 200, to - from);
        send(exchange.getResponseBody(), content, from, to);
    }

    private void send(OutputStream out, byte[] content, int from, int to) throws IOException {
        boolean drop = drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        boolean stall = stalls.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        int length = drop || stall ? (to - from) / 2 : to - from;
        length = (int) Math.max(0, Math.min(length, bytesUntilOutage.getAndAdd(-length)));
        out.write(content, from, length);
        out.flush();
        bytesSent.addAndGet(length);
        if (stall) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
        if (length < to - from) {
            throw new IOException("cut off"); // closes the connection
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        hub.stop(0);
        storage.stop(0);
    }
}
