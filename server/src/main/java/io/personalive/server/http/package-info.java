/** The HTTP interface: routes, who may use them, and how errors are told. */
package io.personalive.server.http;
