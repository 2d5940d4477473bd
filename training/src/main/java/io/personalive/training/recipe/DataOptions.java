package io.personalive.training.recipe;

import io.personalive.training.data.Augmentation;

/**
 * What is trained on. Pictures and their labels are changed together, see {@link Augmentation}.
 *
 * @param split          of the prepared data
 * @param stillShare     of pairs made from stills, 0 to 1
 * @param loaderThreads  that decode and augment
 * @param cacheGigabytes on disk, for what networks that aren't trained say of unchanged pictures; 0 keeps nothing
 * @param mirror         how often, 0 to 1
 * @param turn           at most, degrees either way
 * @param scale          at most, as a part either way
 * @param shift          at most, in sides of the picture
 * @param colour         contrast as a part either way; brightness by as much of the range
 * @param blur           at most, standard deviation in pixels
 */
public record DataOptions(String split, double stillShare, int loaderThreads, double cacheGigabytes, double mirror, double turn,
        double scale, double shift, double colour, double blur) {
    /** @throws IllegalArgumentException naming the option that can't be, and what would be right */
    public DataOptions {
        Checks.within("still_share", stillShare, 0, 1);
        Checks.atLeast("loader_threads", loaderThreads, 1);
        Checks.within("cache_gigabytes", cacheGigabytes, 0, 1e6);
        Checks.within("mirror", mirror, 0, 1);
        Checks.within("turn", turn, 0, 180);
        Checks.within("scale", scale, 0, 0.9);
        Checks.within("shift", shift, 0, 1);
        Checks.within("colour", colour, 0, 1);
        Checks.within("blur", blur, 0, 100);
    }

    /** Mirrored, turned, scaled and shifted a little; colours as they are, since a model is to give them back. */
    public static DataOptions usual() {
        return new DataOptions("train", 0.25, 1, 2, 0.5, 5, 0.05, 0.03, 0, 0);
    }

    public Augmentation augmentation() {
        return new Augmentation(mirror, turn, scale, shift, colour, blur);
    }
}
