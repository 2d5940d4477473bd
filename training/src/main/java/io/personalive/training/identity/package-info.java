/** Who somebody is, as a face-recognition network sees it whose weights the user has. */
package io.personalive.training.identity;
