package io.personalive.training.stages;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A loss and what it is made of.
 *
 * @param total one number, where a backward pass begins
 * @param parts by name, for people: unweighted
 */
public record Loss(Tensor total, Map<String, Double> parts) {}
