/** Pictures in memory, and what is done with their pixels. */
package io.personalive.media.image;
