/** Who is being animated: sessions, who may begin one, what drives it and who watches. Knows nothing of transports. */
package io.personalive.server.session;
