/** Facial landmarks and head angles, read off pictures. */
package io.personalive.networks.landmark;
