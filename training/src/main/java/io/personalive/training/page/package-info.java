/** Pages to look at: what evaluation and preparation found. */
package io.personalive.training.page;
