/** Videos as people have them made into clips to train from: faces found, cut at scene changes, framed, measured, packed. */
package io.personalive.training.preparation;
