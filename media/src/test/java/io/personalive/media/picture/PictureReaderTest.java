package io.personalive.media.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Mats;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
    @TempDir
    Path folder;

    @Test
    void pngComesBackAsItWasWritten() {
        BufferedImage picture = gradient(37, 21);
        PngWriter.write(folder.resolve("a.png"), picture);
        assertArrayEquals(Bgr.bytes(picture), Bgr.bytes(PictureReader.read(folder.resolve("a.png"))));
    }

    @Test
    void aPictureInMemoryIsReadAsAFileIs() throws IOException {
        PngWriter.write(folder.resolve("a.png"), gradient(37, 21));
        byte[] uploaded = Files.readAllBytes(folder.resolve("a.png"));
        assertArrayEquals(Bgr.bytes(gradient(37, 21)), Bgr.bytes(PictureReader.read(uploaded, "portrait")));
        MediaException none = assertThrows(MediaException.class, () -> PictureReader.read(new byte[0], "portrait"));
        assertTrue(none.getMessage().contains("portrait is empty"), none.getMessage());
    }

    @Test
    void markedPngHoldsTheSamePixelsAndTheMark() throws IOException {
        BufferedImage picture = gradient(16, 16);
        Path file = folder.resolve("made/a.png");
        PngWriter.writeMarked(file, picture);
        assertArrayEquals(Bgr.bytes(picture), Bgr.bytes(PictureReader.read(file)));
        assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).contains("digitalsourcetype/trainedAlgorithmicMedia"));
        assertEquals(16, ImageIO.read(file.toFile()).getWidth(), "another reader takes the file, checksums and all");
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".webp"})
    void lossyPicturesKeepTheirColours(String ending) throws IOException {
        Path file = folder.resolve("a" + ending);
        Files.write(file, encode(flat(40, 24, 200, 90, 30), ending));
        assertPixel(PictureReader.read(file), 20, 12, 200, 90, 30, 4);
    }

    @Test
    void greyValuesAreCopiedAndNotBrightened() throws IOException {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(1, 1, 0, 77);
        ImageIO.write(grey, "png", folder.resolve("a.png").toFile());
        assertPixel(PictureReader.read(folder.resolve("a.png")), 1, 1, 77, 77, 77, 0);
        assertPixel(Bgr.of(grey), 1, 1, 77, 77, 77, 0);
    }

    @Test
    void ofSixteenBitsTheUpperEightAreKept() throws IOException {
        ComponentColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false,
                Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage deep = new BufferedImage(model, model.createCompatibleWritableRaster(2, 2), false, null);
        deep.getRaster().setPixel(0, 0, new int[] {0x12FF, 0x8000, 0xFE01});
        ImageIO.write(deep, "png", folder.resolve("a.png").toFile());
        assertPixel(PictureReader.read(folder.resolve("a.png")), 0, 0, 0x12, 0x80, 0xFE, 0);
    }

    @Test
    void whatIsTransparentIsLaidOverOneColour() throws IOException {
        BufferedImage glass = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        glass.setRGB(0, 0, 0x0000FF00);
        glass.setRGB(1, 0, 0x80FFFFFF);
        glass.setRGB(2, 0, 0xFF010203);
        for (String format : new String[] {"png", "tiff"}) {
            Path file = folder.resolve("a." + format);
            assertTrue(ImageIO.write(glass, format, file.toFile()));
            BufferedImage read = PictureReader.read(file);
            assertPixel(read, 0, 0, 128, 128, 128, 0);
            assertPixel(read, 1, 0, 192, 192, 192, 1);
            assertPixel(read, 2, 0, 1, 2, 3, 0);
            assertPixel(PictureReader.read(file, Color.WHITE), 0, 0, 255, 255, 255, 0);
        }
    }

    /** A profile whose red and blue are exchanged shows at once whether it was used. */
    @ParameterizedTest
    @ValueSource(strings = {".png", ".jpg"})
    void coloursWithAProfileBecomeSrgb(String ending) throws IOException {
        ICC_Profile exchanged = ICC_Profile.getInstance(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        byte[] red = exchanged.getData(ICC_Profile.icSigRedColorantTag);
        exchanged.setData(ICC_Profile.icSigRedColorantTag, exchanged.getData(ICC_Profile.icSigBlueColorantTag));
        exchanged.setData(ICC_Profile.icSigBlueColorantTag, red);
        byte[] plain = encode(flat(16, 16, 200, 90, 30), ending);
        Path file = folder.resolve("a" + ending);
        Files.write(file, ending.equals(".png") ? withPngProfile(plain, exchanged.getData()) : withJpegProfile(plain, exchanged.getData()));
        assertPixel(PictureReader.read(file), 8, 8, 30, 90, 200, 4);
    }

    /** White stays white; a middle tone is what its light is in sRGB: linear light much brighter, an old Mac's a little. */
    @ParameterizedTest
    @CsvSource({"100000, 128, 186", "55556, 128, 145", "45455, 128, 128", "45000, 128, 128", "0, 128, 128", "100000, 255, 255"})
    void gammaThatAPngStatesIsHeeded(int gamma, int stored, int shown) throws IOException {
        Path file = folder.resolve("a.png");
        byte[] plain = encode(flat(16, 16, stored, stored, stored), ".png");
        Files.write(file, inserted(plain, 33, pngChunk("gAMA", ByteBuffer.allocate(4).putInt(gamma).array())));
        assertPixel(PictureReader.read(file), 8, 8, shown, shown, shown, 1);
        byte[] rendering = inserted(plain, 33, pngChunk("sRGB", new byte[1]));
        Files.write(file, inserted(rendering, 33, pngChunk("gAMA", ByteBuffer.allocate(4).putInt(gamma).array())));
        assertPixel(PictureReader.read(file), 8, 8, stored, stored, stored, 0);
    }

    /** Pure red of Display P3 is redder than sRGB can show; white of PQ at its 203 candelas is white. */
    @Test
    void coloursOfAVideoInAPngAreMapped() throws IOException {
        Path file = folder.resolve("a.png");
        byte[] orange = encode(flat(16, 16, 204, 128, 77), ".png");
        Files.write(file, inserted(orange, 33, pngChunk("cICP", new byte[] {12, 13, 0, 1})));
        BufferedImage read = PictureReader.read(file);
        int red = read.getRGB(8, 8) >> 16 & 255, blue = read.getRGB(8, 8) & 255;
        assertTrue(red > 209 && blue < 74, red + " and " + blue);
        byte[] white = encode(flat(16, 16, 148, 148, 148), ".png");
        Files.write(file, inserted(white, 33, pngChunk("cICP", new byte[] {9, 16, 0, 1})));
        int shown = PictureReader.read(file).getRGB(8, 8) & 255;
        assertTrue(shown > 220, "white is " + shown);
        Files.write(file, inserted(orange, 33, pngChunk("cICP", new byte[] {1, 13, 0, 1})));
        assertPixel(PictureReader.read(file), 8, 8, 204, 128, 77, 0);
    }

    private static byte[] pngChunk(String name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
        CRC32 check = new CRC32();
        check.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) check.getValue()).array();
    }

    private static byte[] withPngProfile(byte[] png, byte[] profile) {
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] packed = new byte[profile.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] content = ByteBuffer.allocate(3 + length).put("p\0\0".getBytes(StandardCharsets.US_ASCII)).put(packed, 0, length).array();
        return inserted(png, 33, pngChunk("iCCP", content));
    }

    private static byte[] withJpegProfile(byte[] jpeg, byte[] profile) {
        return inserted(jpeg, 2, ByteBuffer.allocate(18 + profile.length).putShort((short) 0xFFE2).putShort((short) (16 + profile.length))
                .put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 1).put(profile).array());
    }

    private static byte[] inserted(byte[] into, int at, byte[] what) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(into, 0, at);
        out.writeBytes(what);
        out.write(into, at, into.length - at);
        return out.toByteArray();
    }

    @Test
    void palettesBecomeColours() throws IOException {
        byte[] red = {0, (byte) 250};
        byte[] green = {10, 20};
        byte[] blue = {30, 40};
        BufferedImage few = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
        few.getRaster().setSample(1, 0, 0, 1);
        ImageIO.write(few, "png", folder.resolve("a.png").toFile());
        assertPixel(PictureReader.read(folder.resolve("a.png")), 1, 0, 250, 20, 40, 0);
    }

    /** The stored picture is red in its top left corner; where that must be shown is EXIF's definition. */
    @ParameterizedTest
    @CsvSource({"1, false, left, top", "2, false, right, top", "3, false, right, bottom", "4, false, left, bottom",
            "5, true, left, top", "6, true, right, top", "7, true, right, bottom", "8, true, left, bottom"})
    void exifOrientationIsApplied(int orientation, boolean sidesExchanged, String column, String row) throws IOException {
        BufferedImage stored = flat(64, 32, 0, 0, 200);
        for (int i = 0; i < 16 * 16; i++) {
            stored.setRGB(i % 16, i / 16, 0xC80000);
        }
        Path file = folder.resolve("a.jpg");
        Files.write(file, withOrientation(encode(stored, ".jpg"), orientation));
        BufferedImage read = PictureReader.read(file);
        assertEquals(sidesExchanged ? 32 : 64, read.getWidth());
        assertEquals(sidesExchanged ? 64 : 32, read.getHeight());
        int x = column.equals("left") ? 5 : read.getWidth() - 6;
        int y = row.equals("top") ? 5 : read.getHeight() - 6;
        assertPixel(read, x, y, 200, 0, 0, 12);
    }

    @Test
    void hugePictureIsRefusedFromItsHeader() throws IOException {
        Path file = folder.resolve("huge.png");
        Files.write(file, pngHeader(20_000, 20_000));
        assertComplaint(file, "too large (20000 x 20000 pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".jpg", ".webp"})
    void cutOffPictureIsNamedSo(String ending) throws IOException {
        byte[] whole = encode(gradient(200, 200), ending);
        Path file = folder.resolve("cut" + ending);
        for (int kept : new int[] {whole.length / 2, 9}) {
            Files.write(file, Arrays.copyOf(whole, kept));
            assertComplaint(file, "is cut off");
        }
    }

    @ParameterizedTest
    @CsvSource({".png, 3", ".png, 12", ".jpg, 2", ".jpg, 1"})
    void pictureThatLacksOnlyItsEndMarkIsRead(String ending, int missing) throws IOException {
        byte[] whole = encode(gradient(200, 200), ending);
        Path file = folder.resolve("cut" + ending);
        Files.write(file, whole);
        byte[] wanted = Bgr.bytes(PictureReader.read(file));
        Files.write(file, Arrays.copyOf(whole, whole.length - missing));
        assertArrayEquals(wanted, Bgr.bytes(PictureReader.read(file)));
    }

    @Test
    void fillBytesBeforeAJpegsFirstMarkerArePassedOver() throws IOException {
        Path file = Files.write(folder.resolve("a.jpg"), inserted(encode(flat(16, 16, 200, 90, 30), ".jpg"), 2, new byte[] {-1, -1, -1}));
        assertPixel(PictureReader.read(file), 8, 8, 200, 90, 30, 4);
    }

    @Test
    void ofAGifTheFirstFrameIsTaken() throws IOException {
        IndexColorModel palette = new IndexColorModel(1, 2, new byte[] {0, -1}, new byte[] {0, 0}, new byte[] {0, 0}, 0);
        BufferedImage dot = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette);
        dot.getRaster().setSample(8, 8, 0, 1);
        Path file = folder.resolve("a.gif");
        ImageIO.write(dot, "gif", file.toFile());
        BufferedImage read = PictureReader.read(file, Color.GREEN);
        assertPixel(read, 8, 8, 255, 0, 0, 0);
        assertPixel(read, 2, 2, 0, 255, 0, 0);
        assertFalse(PictureReader.isPicture(file), "as a driver it moves");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
        assertComplaint(file, "a.gif");
    }

    @Test
    void largeJpegIsReadSmaller() throws IOException {
        Path file = folder.resolve("large.jpg");
        Files.write(file, encode(flat(7000, 6000, 200, 90, 30), ".jpg"));
        BufferedImage read = PictureReader.read(file);
        assertEquals(3500, read.getWidth());
        assertEquals(3000, read.getHeight());
        assertPixel(read, 1000, 1000, 200, 90, 30, 4);
    }

    @Test
    void filesThatAreNoPicturesAreNamedSo() throws IOException {
        assertComplaint(folder.resolve("none.png"), "does not exist");
        assertComplaint(folder, "is a folder");
        assertComplaint(Files.createFile(folder.resolve("empty.png")), "is empty (0 bytes)");
        assertComplaint(Files.writeString(folder.resolve("text.png"), "not a picture at all"), "is not a picture");
        assertComplaint(Files.writeString(folder.resolve("a.png"), "ab"), "is not a picture");
        byte[] damaged = encode(gradient(50, 50), ".png");
        Arrays.fill(damaged, 45, damaged.length - 20, (byte) 7);
        byte[] header = Arrays.copyOf(pngHeader(50, 50), 33);
        Files.write(folder.resolve("hollow.png"), ByteBuffer.allocate(45).put(header).put(Arrays.copyOfRange(damaged, damaged.length - 12, damaged.length)).array());
        assertComplaint(folder.resolve("hollow.png"), "is damaged");
    }

    private static void assertComplaint(Path file, String complaint) {
        String message = assertThrows(MediaException.class, () -> PictureReader.read(file)).getMessage();
        assertTrue(message.contains(complaint) && message.contains(file.toString()) && !message.contains("\n"), message);
    }

    static void assertPixel(BufferedImage picture, int x, int y, int red, int green, int blue, int tolerance) {
        int rgb = picture.getRGB(x, y);
        String got = (rgb >> 16 & 255) + " " + (rgb >> 8 & 255) + " " + (rgb & 255);
        assertTrue(Math.abs((rgb >> 16 & 255) - red) <= tolerance && Math.abs((rgb >> 8 & 255) - green) <= tolerance
                && Math.abs((rgb & 255) - blue) <= tolerance, () -> "expected " + red + " " + green + " " + blue + ", got " + got);
    }

    private static BufferedImage gradient(int width, int height) {
        BufferedImage picture = Bgr.blank(width, height);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, i * 7919);
        }
        return picture;
    }

    private static BufferedImage flat(int width, int height, int red, int green, int blue) {
        BufferedImage picture = Bgr.blank(width, height);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
        }
        return picture;
    }

    private static byte[] encode(BufferedImage picture, String ending) {
        try (Mat mat = Mats.of(picture); BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(ending, mat, encoded);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    /** Puts an EXIF segment with nothing but the orientation behind a JPEG's first marker. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        ByteBuffer exif = ByteBuffer.allocate(36).putShort((short) 0xFFE1).putShort((short) 34)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8)
                .putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0);
        out.writeBytes(exif.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(33).putLong(0x89504E470D0A1A0AL).putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 check = new CRC32();
        check.update(header.array(), 12, 17);
        return header.putInt((int) check.getValue()).array();
    }
}
