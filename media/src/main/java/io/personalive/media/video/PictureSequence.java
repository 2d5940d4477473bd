package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.image.Resize;
import io.personalive.media.picture.PictureReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A picture, or a folder of pictures, played in the order of the numbers in their names: 2.png before 10.png. */
final class PictureSequence implements VideoReader {
    private static final Logger LOG = LoggerFactory.getLogger(PictureSequence.class);
    private static final Pattern PICTURE = Pattern.compile(".*\\.(png|jpe?g|webp|heic|heif|avif|tiff?|bmp)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final List<Path> pictures;
    private final FrameRate rate;
    private final Color background;
    private BufferedImage first;
    private final int width;
    private final int height;
    private int at;
    private boolean warned;

    PictureSequence(Path folder, double startSeconds, FrameRate rate, Color background) {
        this.rate = rate;
        this.background = background;
        List<Path> all = Files.isDirectory(folder) ? list(folder) : List.of(folder);
        if (all.isEmpty()) {
            throw new MediaException(folder + " holds no pictures (such as PNG, JPEG or HEIC)");
        }
        long skipped = rate.frames(startSeconds);
        if (skipped >= all.size()) {
            throw new MediaException("the start, " + startSeconds + " s, lies behind the last picture of " + folder
                    + " (" + all.size() + " pictures, " + rate.seconds(all.size()) + " s)");
        }
        pictures = all.subList((int) skipped, all.size());
        first = PictureReader.read(pictures.get(0), background);
        width = first.getWidth();
        height = first.getHeight();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> PICTURE.matcher(name(file)).matches() && !name(file).startsWith("."))
                    .sorted(Comparator.comparing(PictureSequence::sortKey)).toList();
        } catch (IOException e) {
            throw new MediaException(folder + " can't be listed: " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** The name with every number written with the same count of digits. */
    private static String sortKey(Path file) {
        Matcher numbers = NUMBER.matcher(name(file));
        return numbers.replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public long estimatedFrames() {
        return pictures.size();
    }

    @Override
    public Optional<AudioSource> audio() {
        return Optional.empty();
    }

    @Override
    public BufferedImage next() {
        if (at == pictures.size()) {
            return null;
        }
        BufferedImage picture = at == 0 ? first : PictureReader.read(pictures.get(at), background);
        first = null;
        if (picture.getWidth() != width || picture.getHeight() != height) {
            if (!warned) {
                LOG.warn("{} is {} x {} pixels, the pictures before it are {} x {}: pictures of another size are fitted to the first one's",
                        pictures.get(at), picture.getWidth(), picture.getHeight(), width, height);
                warned = true;
            }
            picture = Resize.fitted(picture, width, height);
        }
        at++;
        return picture;
    }

    @Override
    public TimedPicture nextTimed() {
        long nanoseconds = Math.round(rate.seconds(at) * 1e9);
        BufferedImage picture = next();
        return picture == null ? null : new TimedPicture(picture, nanoseconds);
    }

    @Override
    public boolean endedEarly() {
        return false;
    }

    @Override
    public void close() {
        // Holds no file open.
    }
}
