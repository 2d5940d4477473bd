/** What a training run is told: one readable file, every option with a default. */
package io.personalive.training.recipe;
