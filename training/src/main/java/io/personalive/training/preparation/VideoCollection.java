package io.personalive.training.preparation;

import io.personalive.training.data.FaceMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Videos that are to be prepared together.
 *
 * @param folder  looked through with all folders in it
 * @param output  where the result goes; outside of the videos' folder
 * @param options how they are prepared
 */
public record VideoCollection(Path folder, Path output, PreparationOptions options) {
    /** Where the parts and the clips are, in the output. */
    static final String PARTS = "parts", CLIPS = "clips";

    public VideoCollection {
        Path inside = output.toAbsolutePath().normalize();
        if (inside.startsWith(folder.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("the output " + output + " lies in the folder of the videos, " + folder
                    + ", and its clips would count as videos: name another place");
        }
    }

    /**
     * In the order in which the result has them.
     *
     * @throws IllegalArgumentException if there is none
     */
    List<SourceVideo> videos() throws IOException {
        List<SourceVideo> videos = SourceVideo.in(folder, options.val(), options.test());
        if (videos.isEmpty()) {
            throw new IllegalArgumentException(folder + " holds no video: name a folder with .mp4, .mov, .webm, .mkv, … files");
        }
        return videos;
    }

    /** The names of the videos, relative to the folder, with / between folders. */
    public List<String> names() throws IOException {
        return videos().stream().map(SourceVideo::name).toList();
    }

    /**
     * Prepares single videos, in any order, on any threads.
     *
     * @param measure stays the caller's
     * @param stop    once true, a video that is being prepared is left as it is
     */
    public PartPreparation parts(FaceMeasure measure, BooleanSupplier stop) {
        return new PartPreparation(this, measure, stop);
    }

    Path parts() {
        return output.resolve(PARTS);
    }

    Path clips() {
        return output.resolve(CLIPS);
    }
}
