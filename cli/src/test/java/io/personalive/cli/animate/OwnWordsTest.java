package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.PersonaLive;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The libraries inside say nothing of their own: every line on the error stream is the program's. */
@EnabledOnOs(OS.LINUX)
class OwnWordsTest {
    @TempDir
    private Path folder;
    private BufferedImage noise;

    @BeforeEach
    void draw() {
        noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(0);
        for (int i = 0; i < 64 * 64; i++) {
            noise.setRGB(i % 64, i / 64, random.nextInt());
        }
    }

    /** The program, in a process of its own, reads a portrait and then finds no driver. */
    private void assertOwnWords(Path portrait) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PersonaLive.class.getName(), "animate", "--reference", portrait.toString(),
                "--driving", folder.resolve("nothing.mp4").toString(), "--output", folder.resolve("out.mp4").toString())
                .redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, program.waitFor(), said);
        assertTrue(said.contains("nothing.mp4 does not exist"), said);
        assertTrue(said.lines().allMatch(line -> line.startsWith("personalive: ") || line.startsWith("WARN ")), said);
    }

    /** Of libjpeg: premature end of data segment. */
    @Test
    void ofAJpegThatLacksItsLastRow() throws IOException, InterruptedException {
        Path portrait = folder.resolve("portrait.jpg");
        ImageIO.write(noise, "jpg", portrait.toFile());
        byte[] whole = Files.readAllBytes(portrait);
        Files.write(portrait, Arrays.copyOf(whole, whole.length - 30));
        assertOwnWords(portrait);
    }

    /** Of libpng: a checksum that is wrong, in a comment. */
    @Test
    void ofAPngWhoseCommentIsDamaged() throws IOException, InterruptedException {
        Path portrait = folder.resolve("portrait.png");
        ImageIO.write(noise, "png", portrait.toFile());
        byte[] whole = Files.readAllBytes(portrait);
        int header = 33;
        byte[] comment = ByteBuffer.allocate(15).putInt(3).put("tEXta\0b".getBytes(StandardCharsets.US_ASCII)).array();
        Files.write(portrait, ByteBuffer.allocate(whole.length + comment.length).put(whole, 0, header).put(comment)
                .put(whole, header, whole.length - header).array());
        assertOwnWords(portrait);
    }
}
