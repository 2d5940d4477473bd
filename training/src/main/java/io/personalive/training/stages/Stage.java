package io.personalive.training.stages;

import io.personalive.training.data.Batch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One stage of training: owns its networks, says what a sample is and what is made small. Used by one thread. */
public interface Stage extends AutoCloseable {
    /** Driving frames of a sample, behind its portrait: 1 for pairs, more for windows. */
    int drivingFrames();

    /**
     * What is made small. The first is the model's own; those behind it, such as a discriminator's, may look at what the
     * one before made of the same batch. No network stands in two of them.
     */
    List<Objective> objectives();

    /**
     * Keeps on disk from now on what networks that aren't trained say of pictures that come back unchanged, so that it is
     * computed once. Nothing else changes. A stage without such networks keeps nothing.
     *
     * @param folder        made where it isn't there; what other networks or circumstances left in it goes
     * @param circumstances what the readings depend on beside the networks: the pictures, the precision
     * @param bytes         that it may take on disk
     * @throws IOException if the folder can't be written
     */
    default void cacheIn(Path folder, String circumstances, long bytes) throws IOException {
    }

    /**
     * Shows what the networks make of a batch as they are now; without gradients.
     *
     * @return rows of pictures of one size, a row a sample
     */
    List<List<BufferedImage>> samples(Batch batch, Draws draws);

    /**
     * Writes the model with the networks as they are now.
     *
     * @param folder made where it isn't there, replaced where it is
     */
    void export(Path folder) throws IOException;

    @Override
    void close();
}
