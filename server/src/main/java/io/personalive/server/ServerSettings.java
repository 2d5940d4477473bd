package io.personalive.server;

import io.personalive.live.Crop;
import io.personalive.server.http.Listening;
import io.personalive.server.session.SessionLimits;
import io.personalive.server.session.SessionSettings;
import java.nio.file.Path;

/**
 * How a server is set up.
 *
 * @param crop    how portraits and drivers are framed
 * @param first   settings that sessions begin with
 * @param badge   whether all frames show that they are made by AI, whatever a session wants
 * @param presets a folder with portraits to choose from, beside those in the program; null for none
 */
public record ServerSettings(Listening listening, SessionLimits limits, Crop crop, SessionSettings first, boolean badge,
        Path presets) {
    /** For people at this machine only. */
    public static ServerSettings locally(int port) {
        return new ServerSettings(Listening.locally(port), SessionLimits.USUAL, Crop.AUTO, SessionSettings.USUAL, false, null);
    }
}
