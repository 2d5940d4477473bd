package io.personalive.cli.animate;

import io.personalive.cli.console.UserError;
import java.awt.Color;

/** A colour as people write it. */
final class Background {
    private Background() {}

    /** @param text {@code grey}, {@code white}, {@code black} or {@code #RRGGBB} */
    static Color parse(String text) {
        return switch (text) {
            case "grey", "gray" -> Color.GRAY;
            case "white" -> Color.WHITE;
            case "black" -> Color.BLACK;
            default -> {
                if (!text.matches("#[0-9A-Fa-f]{6}")) {
                    throw new UserError("--background " + text + ": give grey, white, black or a colour as #RRGGBB");
                }
                yield Color.decode(text);
            }
        };
    }
}
