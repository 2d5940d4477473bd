package io.personalive.animation.portrait;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Pictures as tensors and back. Pictures of any type are taken, TYPE_3BYTE_BGR is given; tensors have red first. */
public final class Frames {
    private static final double HALF_RANGE = 127.5;

    private Frames() {}

    /** @return (h, w, 3) uint8, RGB, on the processor */
    public static Tensor toBytes(BufferedImage image) {
        return Tensors.of(rgb(image), image.getHeight(), image.getWidth(), 3);
    }

    /** @param bytes (h, w, 3) uint8, RGB */
    public static BufferedImage toImage(Tensor bytes) {
        return image(Tensors.bytes(bytes), Math.toIntExact(bytes.size(1)), Math.toIntExact(bytes.size(0)));
    }

    /**
     * @param images of one size, at least one
     * @return (f, 3, h, w) float32 in [-1, 1]: bytes divided by 127.5, less one; on the processor
     * @throws IllegalArgumentException if their sizes differ
     */
    public static Tensor toSigned(List<BufferedImage> images) {
        BufferedImage first = images.get(0);
        for (BufferedImage image : images) {
            if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
                throw new IllegalArgumentException("frames of " + first.getWidth() + "x" + first.getHeight() + " and "
                        + image.getWidth() + "x" + image.getHeight() + " pixels can't be computed together");
            }
        }
        try (Scope scope = new Scope()) {
            Tensor bytes = Tensors.cat(0, images.stream().map(image -> toBytes(image).unsqueeze(0)).toList());
            return scope.keep(signed(bytes));
        }
    }

    /**
     * @param bytes (f, h, w, 3) uint8, RGB
     * @return (f, 3, h, w) float32 in [-1, 1], on the same device
     */
    public static Tensor signed(Tensor bytes) {
        try (Scope scope = new Scope()) {
            Tensor values = bytes.permute(0, 3, 1, 2).to(ScalarType.Float);
            return scope.keep(values.div(new Scalar(HALF_RANGE)).sub(new Scalar(1.0)));
        }
    }

    /**
     * @param signed (f, 3, h, w), RGB; what lies outside [-1, 1] is clamped
     * @return (f, h, w, 3) uint8, fractions cut off, on the same device
     */
    public static Tensor bytes(Tensor signed) {
        try (Scope scope = new Scope()) {
            Tensor unit = Tensors.to(signed, ScalarType.Float).div(new Scalar(2.0)).add(new Scalar(0.5))
                    .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
            return scope.keep(unit.mul(new Scalar(255.0)).to(ScalarType.Byte).permute(0, 2, 3, 1));
        }
    }

    /**
     * @param signed (f, 3, h, w), RGB; what lies outside [-1, 1] is clamped
     * @return f pictures
     */
    public static List<BufferedImage> toImages(Tensor signed) {
        try (Scope scope = new Scope()) {
            // one transfer for all frames
            Tensor bytes = Tensors.to(bytes(signed), Device.CPU, ScalarType.Byte);
            List<BufferedImage> images = new ArrayList<>();
            for (long frame = 0; frame < bytes.size(0); frame++) {
                images.add(toImage(bytes.select(0, frame)));
            }
            return images;
        }
    }

    /** A copy, TYPE_3BYTE_BGR: what becomes of the picture doesn't matter to it. */
    public static BufferedImage copy(BufferedImage image) {
        return image(rgb(image), image.getWidth(), image.getHeight());
    }

    /** The pixels row by row, three bytes each, red first, as {@link StoredColours} reads them. */
    static byte[] rgb(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return (byte[]) image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), null);
        }
        return StoredColours.rgb(image);
    }

    /** The reverse of {@link #rgb}. */
    static BufferedImage image(byte[] rgb, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, width, height, rgb);
        return image;
    }
}
