package io.personalive.animation.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote a name that doesn't exist. */
public final class NearestName {
    private NearestName() {}

    /** @param known at least one name. @return the one that is most like {@code written} */
    public static String of(String written, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(each -> distance(written, each))).orElseThrow();
    }

    /** @param known at least one name. @return the one that is most like {@code written}; empty if half of its letters differ */
    public static Optional<String> alike(String written, Collection<String> known) {
        String nearest = of(written, known);
        boolean alike = 2 * distance(written, nearest) < Math.max(written.length(), nearest.length());
        return alike ? Optional.of(nearest) : Optional.empty();
    }

    /** Letters to insert, drop or change to make one word of the other. Levenshtein 1966. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
