package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/**
 * What a UNet's stages see besides the pictures.
 *
 * @param time         of each frame
 * @param appearance   where self-attention writes its tokens or reads the reference's
 * @param motionTokens (f, tokens, width); empty for the reference UNet
 */
record Conditioning(TimeConditioning time, Appearance appearance, Tensor motionTokens) {}
