/** What a server counts, for Prometheus. */
package io.personalive.server.metrics;
