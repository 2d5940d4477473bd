package io.personalive.networks.landmark;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Upright squares around faces: turned, scaled and moved parts of pictures. A point p of the square, which spans -1 to 1,
 * lies at centre + half * R(roll) p of the picture, which spans -1 to 1 too.
 *
 * @param centre (f, 2), x and y in half pictures
 * @param half   (f, 1), half of the square's side in half pictures
 * @param roll   (f, 2), cosine and sine of the turn, clockwise in the picture
 */
public record FaceSimilarity(Tensor centre, Tensor half, Tensor roll) {
    private static final long BILINEAR = 0, BORDER = 1;

    /**
     * @param numbers (f, 5): centre x and y, logarithm of half, and the roll's cosine and sine up to a factor
     * @return the squares they describe
     */
    static FaceSimilarity of(Tensor numbers) {
        try (Scope scope = new Scope()) {
            Tensor direction = numbers.narrow(1, 3, 2);
            Tensor length = direction.mul(direction).sum(new long[] {1}, true, new ScalarTypeOptional())
                    .add(new Scalar(1e-8)).sqrt();
            return new FaceSimilarity(scope.keep(numbers.narrow(1, 0, 2)), scope.keep(numbers.narrow(1, 2, 1).exp()),
                    scope.keep(direction.div(length)));
        }
    }

    /**
     * @param pictures (f, 3, h, w), square
     * @param side     of what is cut out, pixels
     * @return (f, 3, side, side), bilinear; beyond a picture its border goes on
     */
    public Tensor cut(Tensor pictures, int side) {
        try (Scope scope = new Scope()) {
            Tensor matrix = Tensors.cat(2, scaledTurn(), centre.unsqueeze(2));
            Tensor grid = torch.affine_grid_generator(matrix, new long[] {pictures.size(0), 3, side, side}, false);
            return scope.keep(torch.grid_sampler_2d(pictures, grid, BILINEAR, BORDER, false));
        }
    }

    /** @return points (f, n, 2) of the squares, in their pictures */
    public Tensor toPicture(Tensor points) {
        try (Scope scope = new Scope()) {
            return scope.keep(points.matmul(scaledTurn().transpose(1, 2)).add(centre.unsqueeze(1)));
        }
    }

    /** @return points (f, n, 2) of the pictures, in the squares */
    public Tensor toSquare(Tensor points) {
        try (Scope scope = new Scope()) {
            Tensor moved = points.sub(centre.unsqueeze(1)).div(half.unsqueeze(2));
            return scope.keep(moved.matmul(turn()));
        }
    }

    /** @return (f), the roll in degrees */
    Tensor degrees() {
        try (Scope scope = new Scope()) {
            Tensor radians = torch.atan2(roll.select(1, 1), roll.select(1, 0));
            return scope.keep(radians.mul(new Scalar(180 / Math.PI)));
        }
    }

    private Tensor scaledTurn() {
        return turn().mul(half.unsqueeze(2));
    }

    /** @return (f, 2, 2), for points as columns */
    private Tensor turn() {
        Tensor cos = roll.narrow(1, 0, 1), sin = roll.narrow(1, 1, 1);
        return Tensors.cat(1, cos, sin.neg(), sin, cos).unflatten(1, 2, 2);
    }
}
