/** What of a portrait moves with the head, and what stays: backgrounds stand still, shoulders hardly move. */
package io.personalive.networks.layers;
