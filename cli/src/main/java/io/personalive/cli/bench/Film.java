package io.personalive.cli.bench;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.live.Driving;
import io.personalive.live.DrivingFrame;
import io.personalive.live.MotionSight;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A driver whose pictures are there already, so that nothing but the model is timed. */
final class Film implements Driving {
    private final List<BufferedImage> pictures;
    private final AtomicInteger answered = new AtomicInteger();

    /** @param pictures of the model's size */
    Film(List<BufferedImage> pictures) {
        this.pictures = List.copyOf(pictures);
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionSight> sight) {
        MotionSight reader = sight.get();
        return pictures.stream().map(picture -> reader.read(List.of(picture)).get(0)).iterator();
    }

    @Override
    public DrivingFrame answered() {
        int frame = answered.getAndIncrement();
        return new DrivingFrame(pictures.get(frame), frame);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
