/** What a training run writes down as it goes: losses, TensorBoard's events. */
package io.personalive.training.record;
