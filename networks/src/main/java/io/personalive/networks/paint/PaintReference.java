package io.personalive.networks.paint;

import org.bytedeco.pytorch.Tensor;

/**
 * What a painter knows of portraits, computed once.
 *
 * @param portraits (b, 3, s, s) in [-1, 1]
 * @param regions   (b, 6, s/2, s/2), {@link FaceRegions} of the portraits
 * @param quarter   (b, c, s/4, s/4), features
 * @param eighth    (b, c', s/8, s/8), features
 * @param summary   (b, m), of the whole portrait
 */
public record PaintReference(Tensor portraits, Tensor regions, Tensor quarter, Tensor eighth, Tensor summary) {}
