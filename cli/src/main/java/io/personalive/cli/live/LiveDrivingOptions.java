package io.personalive.cli.live;

import io.personalive.live.Crop;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.LiveInput;
import io.personalive.media.video.PictureStream;
import io.personalive.media.video.PlayedVideo;
import io.personalive.media.video.VideoReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who drives, live, and how they are framed. */
final class LiveDrivingOptions {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--crop", paramLabel = "HOW", defaultValue = "auto",
            description = "How pictures are framed: auto (a square around head and shoulders) or none (the whole picture "
                    + "is made square) (default: ${DEFAULT-VALUE}).")
    private Crop crop;

    /** One of two. */
    private static final class Source {
        @Option(names = "--camera", paramLabel = "DEVICE",
                description = "The camera that drives: /dev/video0 on Linux, its number on macOS, its name on Windows.")
        private String camera;

        @Option(names = "--driving", paramLabel = "FILE|URL",
                description = "What drives instead of a camera: a video or a folder of pictures, played in real time, or a "
                        + "stream (rtmp://, rtsp://, srt://, http://).")
        private String driving;
    }

    Crop crop() {
        return crop;
    }

    /** The file that drives, if it is one. */
    Optional<Path> file() {
        return source.driving == null || LiveInput.isServer(source.driving) ? Optional.empty() : Optional.of(Path.of(source.driving));
    }

    /**
     * Opens it.
     *
     * @throws io.personalive.media.MediaException if it can't be
     */
    PictureStream open() {
        if (source.camera != null) {
            return LiveInput.camera(source.camera);
        }
        return file().<PictureStream>map(path -> new PlayedVideo(VideoReader.open(path))).orElseGet(() -> LiveInput.server(source.driving));
    }

    /** The sound that goes with the pictures, if they are a file's. */
    Optional<AudioSource> sound() {
        return file().flatMap(path -> {
            try (VideoReader video = VideoReader.open(path)) {
                return video.audio();
            }
        });
    }
}
