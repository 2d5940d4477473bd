/** Training data: packing pictures with their labels, and handing them to a trainer. */
package io.personalive.training.data;
