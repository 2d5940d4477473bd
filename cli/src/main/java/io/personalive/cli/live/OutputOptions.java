package io.personalive.cli.live;

import io.personalive.cli.console.UserError;
import io.personalive.live.LiveOutputs;
import io.personalive.media.MediaException;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where live frames go; several places at once. */
final class OutputOptions {
    @Option(names = "--rtmp", paramLabel = "URL",
            description = "Send them to an RTMP server: rtmp://HOST/APPLICATION/KEY or rtmps://… May be given several times.")
    private List<String> rtmp = new ArrayList<>();

    @Option(names = "--srt", paramLabel = "URL",
            description = "Send them over SRT: srt://HOST:PORT, with options such as ?latency=200000&passphrase=… "
                    + "May be given several times.")
    private List<String> srt = new ArrayList<>();

    @Option(names = "--virtual-camera", paramLabel = "DEVICE",
            description = "Show them as a camera that other programs can choose (Linux, v4l2loopback): /dev/video10.")
    private Path camera;

    @Option(names = "--record", paramLabel = "FILE", description = "Record them: .mp4, .webm or .gif.")
    private Path record;

    /** Checks them all, without connecting or writing. */
    void check() {
        if (rtmp.isEmpty() && srt.isEmpty() && camera == null && record == null) {
            throw new UserError("say where the frames are to go: --rtmp URL, --srt URL, --virtual-camera DEVICE or --record FILE");
        }
        rtmp.forEach(address -> scheme("--rtmp", address, "rtmp"));
        srt.forEach(address -> scheme("--srt", address, "srt"));
        if (camera != null) {
            VideoWriter.checkCamera(camera);
        }
        if (record != null) {
            VideoWriter.check(record);
        }
    }

    private static void scheme(String option, String address, String scheme) {
        VideoWriter.checkStream(address);
        if (!address.startsWith(scheme)) {
            throw new UserError(option + " " + address + ": is no " + scheme + ":// address");
        }
    }

    Path record() {
        return record;
    }

    /**
     * Connects and opens them all.
     *
     * @param size  side of the frames, pixels
     * @param rate  about how many come a second
     * @param sound goes with the frames; null for none
     * @throws MediaException if one of them can't be; none is left open then
     */
    void open(LiveOutputs outputs, int size, FrameRate rate, AudioSource sound) {
        for (List<String> addresses : List.of(rtmp, srt)) {
            for (String address : addresses) {
                outputs.add(VideoWriter.streamName(address), VideoWriter.stream(address, size, size, rate, sound));
            }
        }
        if (camera != null) {
            outputs.add(camera.toString(), VideoWriter.camera(camera, size, size, rate));
        }
        if (record != null) {
            outputs.add(record.toString(), VideoWriter.open(record, size, size, rate, sound));
        }
    }
}
