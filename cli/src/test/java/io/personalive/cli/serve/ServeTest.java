package io.personalive.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.PersonaLive;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ServeTest {
    private static final Pattern OPEN = Pattern.compile(".*open (http://localhost:\\d+) in a browser.*");

    private static void refused(String message, String... arguments) {
        Result result = CommandLineTesting.run(arguments);
        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().contains(message), result.err());
    }

    @Test
    void othersAreNotLetInByAccident() {
        refused("it takes an access token", "serve", "--host", "0.0.0.0");
        refused("take 16 or more", "serve", "--host", "0.0.0.0", "--token", "secret");
        refused("give a certificate", "serve", "--host", "0.0.0.0", "--token", "a-secret-of-some-length");
        refused("there is no such file", "serve", "--tls", "missing.p12");
    }

    @Test
    void wrongNumbersAreToldBeforeAModelIsLoaded() {
        refused("expected 0 (any) to 65535", "serve", "--port", "70000");
        refused("expected 1 to 10000", "serve", "--sessions", "0");
        refused("expected 1 s or more", "serve", "--idle", "0");
        refused("there is no host", "serve", "--host", "no.such.host.invalid");
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            refused("another program may use that port", "serve", "--port", "" + taken.getLocalPort());
        }
    }

    @Test
    void itServesTheProgramsOwnModelAndStopsWhenItIsTold() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
                "-cp", System.getProperty("java.class.path"), PersonaLive.class.getName(), "serve", "--port", "0", "--drain", "0")
                .redirectErrorStream(true).start();
        String address = null;
        try (BufferedReader lines = process.inputReader()) {
            while (address == null) {
                String line = lines.readLine();
                assertNotNull(line, "it ended without serving");
                Matcher open = OPEN.matcher(line);
                address = open.matches() ? open.group(1) : null;
            }
            HttpClient client = HttpClient.newHttpClient();
            assertEquals(200, client.send(HttpRequest.newBuilder(URI.create(address + "/health/ready")).build(), BodyHandlers.ofString()).statusCode());
            HttpResponse<String> begun = client.send(HttpRequest.newBuilder(URI.create(address + "/api/sessions"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"preset\": \"painted.png\"}")).build(), BodyHandlers.ofString());
            assertEquals(201, begun.statusCode(), begun.body());
            assertTrue(begun.body().contains("\"model\":\"nano\""), begun.body());
            assertTrue(begun.body().contains("\"portraitHasFace\":true"), begun.body());
            process.toHandle().destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it stops in time");
            assertNotEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
