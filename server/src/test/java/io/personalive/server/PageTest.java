package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.personalive.server.RunningServer.Begun;
import io.personalive.server.http.Transport;
import io.personalive.server.webrtc.WebRtcTransport;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person uses it, in a headless Chromium with a made-up camera. Screenshots are left in target/screenshots. */
@Timeout(300)
class PageTest {
    @TempDir
    private static Path folder;

    private static Path camera;

    @BeforeAll
    static void findABrowser() throws Exception {
        assumeTrue(Browser.isInstalled(), "skipped: there is no chromium and chromedriver on the PATH");
        camera = Browser.wanderingStripe(folder.resolve("camera.mjpeg"));
    }

    private static Path portrait(String name, Color colour) throws Exception {
        return Files.write(folder.resolve(name), RunningServer.jpeg(colour));
    }

    private static boolean isRed(List<Long> pixel) {
        return pixel.get(0) > 200 && pixel.get(1) < 60;
    }

    private static boolean isBlue(List<Long> pixel) {
        return pixel.get(2) > 200 && pixel.get(0) < 60;
    }

    /** Where the stripe of the result stands, in twentieths of its width; -1 if nowhere. */
    private static int stripe(Browser browser) {
        for (int place = 0; place < 20; place++) {
            List<Long> pixel = browser.output(0.03 + place / 20.5, 0.95);
            if (pixel.stream().allMatch(value -> value > 180)) {
                return place;
            }
        }
        return -1;
    }

    @Test
    void aPortraitMovesIsSwappedAndStopsOverTheSocket() throws Exception {
        runThrough(List.of(), "WebSocket");
    }

    @Test
    void theSameOverWebRtcWhichIsChosenByItself() throws Exception {
        WebRtcTransport webRtc = new WebRtcTransport(List.of());
        assumeTrue(webRtc.isAvailable(), "skipped: WebRTC's native library does not load here");
        runThrough(List.of(webRtc), "WebRTC");
    }

    private static void runThrough(List<Transport> transports, String name) throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.LIMITS, transports); Browser browser = Browser.open(camera, true)) {
            browser.visit(running.server.address() + "/");
            RunningServer.await("the model is named", () -> browser.element("engine-text").getText().contains("drawn"));
            RunningServer.await("the program's own portrait is chosen", () -> browser.element("start").isEnabled());
            browser.screenshot(name + "-1-before");

            browser.element("portrait-file").sendKeys(portrait("red.jpg", Color.RED).toString());
            RunningServer.await("it is chosen", () -> browser.element("drop-title").getText().equals("red"));
            browser.element("start").click();
            RunningServer.await("the portrait shows", () -> browser.element("output").isDisplayed());
            RunningServer.await("it is this portrait", () -> isRed(browser.output(0.5, 0.5)));
            Set<Integer> places = new HashSet<>();
            RunningServer.await("it moves with the camera", () -> places.add(stripe(browser)) && places.size() > 3 || places.size() > 3);
            RunningServer.await("latency is shown", () -> browser.element("latency").getText().matches("\\d+"));
            RunningServer.await("rates are shown", () -> browser.element("rate-out").getText().matches("\\d+\\.\\d"));
            assertEquals(name, browser.element("transport").getText());
            browser.screenshot(name + "-2-running");
            browser.dark(true);
            browser.screenshot(name + "-3-running-dark");
            browser.dark(false);
            browser.size(390, 844, true);
            browser.screenshot(name + "-4-running-phone");
            browser.dark(true);
            browser.screenshot(name + "-5-running-phone-dark");
            browser.dark(false);
            browser.size(1360, 900, false);

            browser.element("portrait-file").sendKeys(portrait("blue.jpg", Color.BLUE).toString());
            RunningServer.await("the other portrait takes over", () -> isBlue(browser.output(0.5, 0.5)));
            browser.element("neutral").click();
            browser.element("start").click();
            RunningServer.await("it stops", () -> !browser.element("output").isDisplayed());
            RunningServer.await("everything is freed", () -> running.server.sessions().held() == 0 && running.model.open() == 0);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void aBlockedCameraIsToldInWords() throws Exception {
        try (RunningServer running = RunningServer.start(); Browser browser = Browser.open(camera, false)) {
            browser.visit(running.server.address() + "/");
            browser.element("portrait-file").sendKeys(portrait("red.jpg", Color.RED).toString());
            RunningServer.await("it is chosen", () -> browser.element("drop-title").getText().equals("red"));
            browser.element("start").click();
            RunningServer.await("words", () -> browser.element("notice-text").getText().contains("camera is blocked"));
            assertEquals("Start", browser.element("start-label").getText());
            assertEquals(0, running.server.sessions().held());
            browser.screenshot("6-camera-blocked");
        }
    }

    @Test
    void whoeverComesToAFullServerSeesTheirPlaceAndGetsIn() throws Exception {
        try (RunningServer running = RunningServer.start(); Browser browser = Browser.open(camera, true)) {
            Begun[] others = new Begun[4];
            for (int i = 0; i < others.length; i++) {
                others[i] = running.begin(Color.GREEN);
            }
            browser.visit(running.server.address() + "/");
            browser.element("portrait-file").sendKeys(portrait("red.jpg", Color.RED).toString());
            RunningServer.await("it is chosen", () -> browser.element("drop-title").getText().equals("red"));
            browser.element("start").click();
            RunningServer.await("the place in line", () -> browser.element("notice-text").getText().contains("number 1 in line"));
            browser.screenshot("7-in-line");
            running.send(running.request(others[0], "").DELETE());
            RunningServer.await("it starts by itself", () -> browser.element("output").isDisplayed());
        }
    }

    @Test
    void aLostConnectionComesBack() throws Exception {
        try (RunningServer running = RunningServer.start(); Browser browser = Browser.open(camera, true)) {
            browser.visit(running.server.address() + "/");
            browser.element("portrait-file").sendKeys(portrait("red.jpg", Color.RED).toString());
            RunningServer.await("it is chosen", () -> browser.element("drop-title").getText().equals("red"));
            browser.element("start").click();
            RunningServer.await("the portrait shows", () -> browser.element("output").isDisplayed());
            String before = running.server.sessions().all().iterator().next().id();
            running.server.sessions().all().forEach(session -> session.end(io.personalive.server.session.SessionEnd.IDLE));
            RunningServer.await("a new session takes its place", () -> running.server.sessions().all().stream()
                    .anyMatch(session -> !session.id().equals(before) && session.status().framesOut() > 0));
            RunningServer.await("and the words go", () -> !browser.element("notice").isDisplayed());
            assertTrue(isRed(browser.output(0.5, 0.5)));
        }
    }
}
