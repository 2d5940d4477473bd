/** What is trained, one class a stage of the specification: which networks, on what, and the loss. */
package io.personalive.training.stages;
