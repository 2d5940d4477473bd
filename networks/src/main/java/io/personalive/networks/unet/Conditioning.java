package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/**
 * What a UNet's stages see besides the pictures. These are b sequences of f frames, one sequence after another.
 *
 * @param frames       f, of each sequence
 * @param time         of each frame
 * @param appearance   where self-attention writes its tokens or reads the reference's
 * @param motionTokens (b*f, tokens, width); empty for the reference UNet
 */
record Conditioning(long frames, TimeConditioning time, Appearance appearance, Tensor motionTokens) {}
