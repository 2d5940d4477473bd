/** Live sessions for several people over HTTP: page, interface, sockets. One process, one model. */
package io.personalive.server;
