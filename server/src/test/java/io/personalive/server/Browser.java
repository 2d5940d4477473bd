package io.personalive.server;

import io.personalive.media.picture.Jpeg;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium with a camera that shows a file. */
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver chrome;

    private Browser(ChromeDriver chrome) {
        this.chrome = chrome;
    }

    /** Where a program lies, if it is installed. */
    static Optional<Path> program(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
    }

    static boolean isInstalled() {
        return program("chromium", "chromium-browser", "google-chrome").isPresent() && program("chromedriver").isPresent();
    }

    /** @param camera what it shows: JPEGs, one after another; @param allowed whether pages are given it */
    static Browser open(Path camera, boolean allowed) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome").orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1360,900",
                "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + camera);
        options.addArguments(allowed ? "--use-fake-ui-for-media-stream" : "--deny-permission-prompts");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile()).build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** A camera that shows a stripe which wanders from left to right. */
    static Path wanderingStripe(Path file) throws IOException {
        java.io.ByteArrayOutputStream frames = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            frames.writeBytes(Jpeg.encode(RunningServer.picture(Color.DARK_GRAY, i / 60.0), 90));
        }
        return Files.write(file, frames.toByteArray());
    }

    void visit(String address) {
        chrome.get(address);
    }

    WebElement element(String id) {
        return chrome.findElement(By.id(id));
    }

    Object script(String script) {
        return ((JavascriptExecutor) chrome).executeScript(script);
    }

    /** The colour of the shown result, from 0 to 1 across and down. @return red, green, blue */
    List<Long> output(double x, double y) {
        @SuppressWarnings("unchecked")
        List<Long> pixel = (List<Long>) script("const from = document.getElementById('output'), to = document.createElement('canvas');"
                + "to.width = to.height = 1; const context = to.getContext('2d', {willReadFrequently: true});"
                + "context.drawImage(from, from.width * " + x + ", from.height * " + y + ", 1, 1, 0, 0, 1, 1);"
                + "return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)");
        return pixel;
    }

    /** Sizes the page as a window or a phone would. */
    void size(int width, int height, boolean phone) {
        chrome.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    void dark(boolean dark) {
        chrome.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce")))); // no screenshot of half a transition
    }

    /** Keeps what is seen, below the module's target folder. */
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), chrome.getScreenshotAs(OutputType.BYTES));
    }

    /** What the page complained of since this was last asked. */
    List<String> complaints() {
        return chrome.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(LogEntry::getMessage).toList();
    }

    @Override
    public void close() {
        chrome.quit();
    }
}
