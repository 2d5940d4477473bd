package io.personalive.networks.pose;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Cuts faces out of pictures, at the size that the motion encoder wants; bilinear, without antialiasing. */
public final class FaceCrop {
    private FaceCrop() {}

    /**
     * Several faces of one picture.
     *
     * @param image (3, h, w)
     * @param boxes n boxes inside the picture, none empty
     * @param side  of a face's picture, in pixels
     * @return (n, 3, side, side)
     * @throws IllegalArgumentException if a box is empty or reaches beyond the picture
     */
    public static Tensor cut(Tensor image, List<FaceBox> boxes, int side) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.cat(0, boxes.stream().map(box -> cut(image, box, side)).toList()));
        }
    }

    /**
     * One face of each picture.
     *
     * @param images (f, 3, h, w)
     * @param boxes  f boxes inside the pictures, none empty
     * @param side  of a face's picture, in pixels
     * @return (f, 3, side, side)
     * @throws IllegalArgumentException if a box is empty or reaches beyond its picture
     */
    public static Tensor cutEach(Tensor images, List<FaceBox> boxes, int side) {
        if (images.size(0) != boxes.size()) {
            throw new IllegalArgumentException(images.size(0) + " pictures and " + boxes.size() + " face boxes");
        }
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.cat(0, IntStream.range(0, boxes.size())
                    .mapToObj(i -> cut(images.select(0, i), boxes.get(i), side)).toList()));
        }
    }

    private static Tensor cut(Tensor image, FaceBox box, int side) {
        if (box.isEmpty() || box.x1() < 0 || box.y1() < 0 || box.x2() > image.size(2) || box.y2() > image.size(1)) {
            throw new IllegalArgumentException(box + " holds no part of a picture of " + image.size(2) + "x"
                    + image.size(1) + " pixels, or reaches beyond it");
        }
        Tensor face = image.narrow(1, box.y1(), box.y2() - box.y1()).narrow(2, box.x1(), box.x2() - box.x1());
        return Upsample.bilinear(face.unsqueeze(0), side, side);
    }
}
