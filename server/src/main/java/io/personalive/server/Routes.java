package io.personalive.server;

import io.javalin.Javalin;
import io.javalin.websocket.WsHandlerEntry;
import io.javalin.websocket.WsHandlerType;
import java.util.ArrayList;
import java.util.List;

/** What a server answers to, to be compared with its description. */
final class Routes {
    private Routes() {}

    /** @return method and path of each, WebSockets as GET */
    static List<String> of(Javalin http) {
        List<String> routes = new ArrayList<>();
        http.unsafe.internalRouter.allHttpHandlers().stream().map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod()).forEach(endpoint -> routes.add(endpoint.method + " " + endpoint.path));
        http.unsafe.internalRouter.allWsHandlers().stream().filter(entry -> entry.getType() == WsHandlerType.WEBSOCKET)
                .map(WsHandlerEntry::getPath).forEach(path -> routes.add("GET " + path));
        return routes;
    }
}
