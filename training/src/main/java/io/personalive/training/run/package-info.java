/** A training run: the loop over steps, its folder, its checkpoints. */
package io.personalive.training.run;
