/** Files that hold one picture. */
package io.personalive.media.picture;
