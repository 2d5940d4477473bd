package io.personalive.torch.training;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses tensors by name. A star stands for any part of a name, dots included; several patterns are parted by commas;
 * one that begins with an exclamation mark takes back what those before it chose. {@code *.temporal_modules.*} are the
 * temporal modules; {@code *, !*.bias} is all but biases.
 */
public final class NamePattern implements Predicate<String> {
    private record Part(Pattern pattern, boolean chooses) {}

    private final String text;
    private final Part[] parts;

    private NamePattern(String text, Part[] parts) {
        this.text = text;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if one of the patterns is empty */
    public static NamePattern of(String text) {
        return new NamePattern(text, Arrays.stream(text.split(",", -1)).map(each -> part(each.strip(), text))
                .toArray(Part[]::new));
    }

    private static Part part(String written, String text) {
        boolean chooses = !written.startsWith("!");
        String glob = chooses ? written : written.substring(1);
        if (glob.isEmpty()) {
            throw new IllegalArgumentException("name pattern '" + text
                    + "' has an empty part: use patterns such as *.temporal_modules.*, parted by commas");
        }
        String expression = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Part(Pattern.compile(expression), chooses);
    }

    @Override
    public boolean test(String name) {
        boolean chosen = false;
        for (Part part : parts) {
            if (part.pattern.matcher(name).matches()) {
                chosen = part.chooses;
            }
        }
        return chosen;
    }

    @Override
    public String toString() {
        return text;
    }
}
