package io.personalive.cli.animate;

import io.personalive.cli.console.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment of a video as people write it. */
final class Start {
    private static final Pattern MOMENT = Pattern.compile("(?:(?:(\\d{1,3}):)?(\\d{1,3}):)?(\\d{1,6}(?:\\.\\d{1,9})?)");

    private Start() {}

    /**
     * @param text {@code 90}, {@code 90.5}, {@code 1:30} or {@code 0:01:30.5}
     * @return seconds
     */
    static double parse(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            throw new UserError("--start " + text + ": write seconds (90 or 90.5) or minutes and seconds (1:30)");
        }
        return number(parts.group(1)) * 3600 + number(parts.group(2)) * 60 + number(parts.group(3));
    }

    private static double number(String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }
}
