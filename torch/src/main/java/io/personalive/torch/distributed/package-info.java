/** Processes, on one host or several, that compute one result together. */
package io.personalive.torch.distributed;
