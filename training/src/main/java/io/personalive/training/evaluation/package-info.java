/** How near a model's frames come to the truth. */
package io.personalive.training.evaluation;
