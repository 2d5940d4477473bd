/** FFmpeg's side of reading: opened containers, and decoded frames as pictures. */
package io.personalive.media.ffmpeg;
