package io.personalive.cli.animate;

import java.util.Locale;

/** How pictures are framed before the model sees them. */
enum Crop {
    /** A square around head and shoulders; the whole picture where no face is found. */
    AUTO,
    /** The whole picture, made square. */
    NONE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
