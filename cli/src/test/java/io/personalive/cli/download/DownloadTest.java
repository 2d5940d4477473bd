package io.personalive.cli.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.PersonaLive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
    private static final int LARGE = 200_000;
    private static final int STRETCH = 30_000;
    private static final String UNET = "pretrained_weights/personalive/denoising_unet.pth";

    @TempDir
    private Path folder;
    private final FakeHub hub = FakeHub.withOfficialFiles(LARGE);

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private Result download(String... more) {
        return download(3, more);
    }

    private Result download(int attempts, String... more) {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofMillis(500), attempts, Duration.ofMillis(1));
        List<String> arguments = Stream.concat(Stream.of("--endpoint", hub.address(), "--to", weights().toString()),
                Stream.of(more)).toList();
        return CommandLineTesting.run(new Download(patience, STRETCH), arguments);
    }

    private Path weights() {
        return folder.resolve("my weights");
    }

    private void assertComplete(boolean tinyAutoencoder) throws IOException {
        List<String> expected = OfficialFile.all(tinyAutoencoder).stream()
                .map(file -> file.target(file.paths().get(0))).sorted().toList();
        assertEquals(expected, filesThere(), "nothing else may be left, such as partial files");
        for (OfficialFile file : OfficialFile.all(tinyAutoencoder)) {
            String path = file.paths().get(0);
            assertArrayEquals(hub.content(file.repository(), path), Files.readAllBytes(weights().resolve(file.target(path))), path);
        }
    }

    private List<String> filesThere() throws IOException {
        try (Stream<Path> files = Files.walk(weights())) {
            return files.filter(Files::isRegularFile).map(file -> weights().relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }

    private long wholeSize() {
        return OfficialFile.all(false).stream().mapToLong(file -> hub.content(file.repository(), file.paths().get(0)).length).sum();
    }

    @Test
    void bringsEveryFileIntoTheOfficialLayout() throws IOException {
        Result result = download();
        assertEquals(0, result.exitCode(), result.err());
        assertComplete(false);
        assertTrue(result.out().contains("--model " + weights()), result.out());
        assertTrue(filesThere().contains("personalive/denoising_unet.pth"));
        assertTrue(filesThere().contains("sd-image-variations-diffusers/image_encoder/pytorch_model.bin"));
        assertTrue(filesThere().contains("sd-vae-ft-mse/diffusion_pytorch_model.safetensors"));
    }

    @Test
    void bringsTheTinyAutoencoderWhenAsked() throws IOException {
        assertEquals(0, download("--taesd").exitCode());
        assertComplete(true);
    }

    @Test
    void takesTheBinFileWhereThereIsNoSafetensors() throws IOException {
        hub.repositories.get("stabilityai/sd-vae-ft-mse").remove("diffusion_pytorch_model.safetensors");
        assertEquals(0, download().exitCode());
        assertTrue(filesThere().contains("sd-vae-ft-mse/diffusion_pytorch_model.bin"));
    }

    @Test
    void readsAListOfSeveralPages() throws IOException {
        hub.pageSize = 2;
        assertEquals(0, download().exitCode());
        assertComplete(false);
        assertTrue(hub.listings.get() > 3, "each list has more than one page");
    }

    @Test
    void sendsTheTokenToTheHubOnly() {
        hub.requiredToken = "hf_secret";
        Result result = download("--token", "hf_secret");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(List.of(), hub.leakedTokens);
    }

    @Test
    void saysHowToPassATokenWhenOneIsNeeded() {
        hub.requiredToken = "hf_secret";
        Result result = download();
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("HF_TOKEN"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());

        Result wrong = download("--token", "hf_other");
        assertTrue(wrong.err().contains("not accepted"), wrong.err());
        assertFalse(wrong.err().contains("hf_other"), "a token must not be shown");
    }

    @Test
    void saysWhatToDoWhenAccessIsNotGranted() {
        hub.refusal = 403;
        Result result = download();
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("accept the conditions"), result.err());
    }

    @Test
    void saysWhatIsNotThere() {
        hub.repositories.remove("huaichang/PersonaLive");
        Result noRepository = download();
        assertEquals(2, noRepository.exitCode());
        assertTrue(noRepository.err().contains("huaichang/PersonaLive"), noRepository.err());

        hub.repositories.put("huaichang/PersonaLive", new java.util.TreeMap<>(java.util.Map.of("README.md", new byte[1])));
        Result noFile = download();
        assertEquals(2, noFile.exitCode());
        assertTrue(noFile.err().contains(UNET), noFile.err());
    }

    @Test
    void managesWithAServerWithoutRanges() throws IOException {
        hub.ranges = false;
        hub.drops.set(1);
        Result result = download();
        assertEquals(0, result.exitCode(), result.err());
        assertComplete(false);
    }

    @Test
    void goesOnAfterDroppedConnectionsWithoutFetchingAgain() throws IOException {
        hub.drops.set(8);
        Result result = download("--connections", "2");
        assertEquals(0, result.exitCode(), result.err());
        assertComplete(false);
        assertEquals(wholeSize(), hub.bytesSent.get(), "no byte is fetched twice");
    }

    @Test
    void goesOnAfterASilentConnection() throws IOException {
        hub.stalls.set(1);
        assertEquals(0, download().exitCode());
        assertComplete(false);
    }

    @Test
    void waitsForABusyServer() throws IOException {
        hub.busy.set(2);
        assertEquals(0, download().exitCode());
        assertComplete(false);
    }

    @Test
    void aSecondRunFetchesOnlyWhatIsMissing() throws IOException {
        hub.bytesUntilOutage.set(wholeSize() / 2);
        Result first = download(1);
        assertEquals(2, first.exitCode());
        assertTrue(first.err().contains("run the same command again"), first.err());
        long before = hub.bytesSent.get();
        assertTrue(before > 0 && before < wholeSize());

        hub.bytesUntilOutage.set(Long.MAX_VALUE);
        Result second = download();
        assertEquals(0, second.exitCode(), second.err());
        assertComplete(false);
        assertEquals(wholeSize(), hub.bytesSent.get(), "no byte is fetched twice");

        assertEquals(0, download().exitCode());
        assertEquals(wholeSize(), hub.bytesSent.get(), "a third run fetches nothing");
    }

    @Test
    void aPartialFileOfAnotherContentIsNotContinued() throws IOException {
        hub.bytesUntilOutage.set(LARGE / 2);
        assertEquals(2, download(1).exitCode());
        hub.content("huaichang/PersonaLive", UNET)[0]++;
        hub.bytesUntilOutage.set(Long.MAX_VALUE);
        assertEquals(0, download().exitCode());
        assertComplete(false);
    }

    @Test
    void refusesAFileWithAWrongHash() throws IOException {
        for (String path : List.of(UNET, "unet/config.json")) { // one by SHA-256, one by Git's blob hash
            hub.wrongHashOf = path;
            Result result = download();
            assertEquals(2, result.exitCode(), result.err());
            String name = path.substring(path.lastIndexOf('/') + 1);
            assertTrue(result.err().contains(name) && result.err().contains("hash"), result.err());
            assertFalse(filesThere().stream().anyMatch(file -> file.endsWith(".part") || file.endsWith(".journal")));
            String target = path.equals(UNET) ? "personalive/" + name : "sd-image-variations-diffusers/" + path;
            assertFalse(Files.exists(weights().resolve(target)));
        }
    }

    @Test
    void findsASpoiledFileByItsHash() throws IOException {
        assertEquals(0, download().exitCode());
        Path file = weights().resolve("personalive/pose_guider.pth");
        Files.write(file, new byte[LARGE]);
        assertEquals(0, download().exitCode());
        assertEquals(0, Files.readAllBytes(file)[0], "without --verify the size is enough");
        assertEquals(0, download("--verify").exitCode());
        assertComplete(false);
    }

    @Test
    void refusesToStartWithoutRoomOnTheDisk() {
        hub.announcedSize = 1L << 55; // of each file
        Result result = download();
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("make room"), result.err());
        assertEquals(0, hub.bytesSent.get());
    }

    @Test
    void refusesWhatIsNoAddressOrNoSensibleNumber() {
        assertEquals(2, download("--connections", "0").exitCode());
        Result result = CommandLineTesting.run(new Download(), List.of("--endpoint", "ftp://example.org"));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("no web address"), result.err());
    }
}
