/** Videos: read with their frames' times, written, and sent. */
package io.personalive.media.video;
