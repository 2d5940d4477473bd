/** From a driver's pictures to finished frames: decode, frame, read motion, stream, decode, deliver; offline or live. */
package io.personalive.live;
