package io.personalive.networks.landmark;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Finds a face in a picture and reads its landmarks, in two looks: one at the whole picture, coarse, for the square
 * around the face, and one at that square for the points and the head's angles.
 */
public final class LandmarkNetwork {
    /** An angle that the network writes as 1, in degrees. */
    private static final double DEGREES = 45;
    private static final int SQUARE_NUMBERS = 5, ANGLES = 3;

    private final LandmarkConfig config;
    private final LandmarkTower search, face;

    /**
     * What one look at a face's square tells.
     *
     * @param points (f, points, 2), x and y in the square, which spans -1 to 1
     * @param angles (f, 3), pitch, yaw and roll in degrees, the roll against the square
     */
    public record Reading(Tensor points, Tensor angles) {}

    public LandmarkNetwork(Weights at, LandmarkConfig config) {
        this.config = config;
        search = new LandmarkTower(at.at("search"), config.pictureSize(), config.searchWidths(), config, SQUARE_NUMBERS);
        face = new LandmarkTower(at.at("face"), config.faceSize(), config.faceWidths(), config,
                2 * config.points() + ANGLES);
    }

    /** Sizes of the network. */
    public LandmarkConfig config() {
        return config;
    }

    /**
     * @param pictures (f, 3, s, s) in [-1, 1]; s a multiple of the search's picture size
     * @return (f, 5): of the square around each face the centre, the logarithm of half its side, cosine and sine of its
     *     roll up to a factor; in half pictures
     */
    public Tensor searchNumbers(Tensor pictures) {
        try (Scope scope = new Scope()) {
            long times = pictures.size(3) / config.pictureSize();
            Tensor small = times == 1 ? pictures : torch.avg_pool2d(pictures, times, times);
            return scope.keep(search.forward(small));
        }
    }

    /**
     * @param pictures (f, 3, s, s) in [-1, 1]; s a multiple of the search's picture size
     * @return the square around the face of each
     */
    public FaceSimilarity find(Tensor pictures) {
        try (Scope scope = new Scope()) {
            FaceSimilarity found = FaceSimilarity.of(searchNumbers(pictures));
            List.of(found.centre(), found.half(), found.roll()).forEach(scope::keep);
            return found;
        }
    }

    /** @param faces (f, 3, side, side) in [-1, 1], cut out by the squares */
    public Reading read(Tensor faces) {
        try (Scope scope = new Scope()) {
            Tensor numbers = face.forward(faces);
            return new Reading(scope.keep(numbers.narrow(1, 0, 2L * config.points()).unflatten(1, config.points(), 2)),
                    scope.keep(numbers.narrow(1, 2L * config.points(), ANGLES).mul(new Scalar(DEGREES))));
        }
    }
}
