/** What training makes small. */
package io.personalive.training.losses;
