package io.personalive.networks.clip;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** CLIP's vision transformer with its projection: what a picture shows, as one token. Radford et al. 2021. */
public final class ImageEncoder {
    private final Conv2d patchEmbedding;
    private final Tensor classEmbedding, positionEmbedding;
    private final LayerNorm preNorm, postNorm;
    private final List<EncoderLayer> layers;
    private final Linear projection;
    private final int imageSize;

    public ImageEncoder(Weights weights, ImageEncoderConfig config) {
        Weights model = weights.at("vision_model");
        Weights embeddings = model.at("embeddings");
        int width = config.hiddenSize();
        imageSize = config.imageSize();
        int grid = config.imageSize() / config.patchSize();
        patchEmbedding = Conv2d.withoutBias(embeddings.at("patch_embedding"), 3, width, config.patchSize(),
                config.patchSize(), 0);
        classEmbedding = embeddings.get("class_embedding", width);
        positionEmbedding = embeddings.get("position_embedding.weight", 1 + grid * grid, width);
        embeddings.ignore("position_ids");
        preNorm = new LayerNorm(model.at("pre_layrnorm"), width, config.layerNormEps());
        layers = IntStream.range(0, config.numHiddenLayers())
                .mapToObj(i -> new EncoderLayer(model.at("encoder.layers").at(i), config)).toList();
        postNorm = new LayerNorm(model.at("post_layernorm"), width, config.layerNormEps());
        projection = Linear.withoutBias(weights.at("visual_projection"), width, config.projectionDim());
    }

    /** Side of its pictures, in pixels. */
    public int imageSize() {
        return imageSize;
    }

    /**
     * @param pixels (b, 3, image size, image size), normalised by CLIP's mean and deviation
     * @return (b, 1, projection), the image token; not of unit length
     */
    public Tensor forward(Tensor pixels) {
        try (Scope scope = new Scope()) {
            Tensor patches = patchEmbedding.forward(Tensors.channelsLast(pixels)).flatten(2, 3).transpose(1, 2);
            Tensor first = classEmbedding.expand(pixels.size(0), 1, -1);
            Tensor tokens = preNorm.forward(Activation.add(Tensors.cat(1, first, patches), positionEmbedding));
            for (EncoderLayer layer : layers) {
                tokens = layer.forward(tokens);
            }
            return scope.keep(projection.forward(postNorm.forward(tokens.narrow(1, 0, 1))));
        }
    }
}
