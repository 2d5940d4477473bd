package io.personalive.training.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of one person that follow each other without a cut; a still is a shot of one.
 *
 * @param id     of the clip or still it comes from
 * @param person whose face it is
 * @param split  train, val or test
 * @param first  its first picture's row in the packed data
 * @param frames how many rows
 */
public record Shot(String id, String person, String split, int first, int frames) {
    boolean isStill() {
        return frames == 1;
    }

    /** The pieces between the cuts. @param cuts the first frames after a cut, ascending, counted from the clip's first */
    static List<Shot> between(List<Integer> cuts, Shot whole) {
        List<Shot> shots = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            int end = i < cuts.size() ? cuts.get(i) : whole.frames;
            shots.add(new Shot(whole.id, whole.person, whole.split, whole.first + start, end - start));
            start = end;
        }
        return shots;
    }
}
