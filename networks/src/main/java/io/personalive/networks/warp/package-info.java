/** Heads moved in closed form: pose from landmarks, a thin-plate spline between landmarks, the portrait sampled through it. */
package io.personalive.networks.warp;
