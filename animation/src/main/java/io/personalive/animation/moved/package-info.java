/** A portrait that is moved rather than generated: warped by the driver's head pose and expression, then painted over. */
package io.personalive.animation.moved;
