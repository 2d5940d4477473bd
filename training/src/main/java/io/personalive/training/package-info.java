/** Training of all stages and the evaluation of models: spec page "Training and evaluation". */
package io.personalive.training;
