package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Devices;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVIOContext;

/** A virtual camera: a device of Linux's v4l2loopback, which other programs take for a camera. */
record CameraSink(Path device) implements Sink {
    /** @throws MediaException if this system has no devices that can be sent to */
    CameraSink {
        Devices.load();
    }

    /** @throws MediaException if it can't be one */
    static void check(Path device) {
        if (!Files.exists(device)) {
            throw new MediaException(device + " does not exist: make it with sudo modprobe v4l2loopback exclusive_caps=1, and see ls /dev/video*");
        }
        if (Files.isRegularFile(device) || Files.isDirectory(device)) {
            throw new MediaException(device + " is no virtual camera: name a device such as /dev/video10");
        }
        if (!Files.isWritable(device)) {
            throw new MediaException(device + " can't be written to: join the group video (sudo usermod -aG video $USER) and log in again");
        }
    }

    @Override
    public String name() {
        return device.toString();
    }

    @Override
    public String address() {
        return device.toString();
    }

    @Override
    public AVIOContext open() {
        return null;
    }

    @Override
    public int close(AVIOContext io) {
        return 0;
    }

    @Override
    public MediaException failed(int code) {
        return new MediaException(device + " takes no pictures: " + Ffmpeg.explain(code)
                + ". See that it is a virtual camera (v4l2loopback) and no other program sends to it");
    }
}
