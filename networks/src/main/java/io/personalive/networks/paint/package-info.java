/** What a moved portrait lacks: a residual flow, less detail where the portrait can't be trusted, and painted colours. */
package io.personalive.networks.paint;
