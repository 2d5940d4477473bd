package io.personalive.training.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Text as pages have it. */
public final class HtmlText {
    private HtmlText() {}

    /** Text between tags, or in quotes inside one. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A file's address. @param file relative to the page's folder */
    public static String address(Path file) {
        try {
            return escaped(new URI(null, null, file.toString().replace('\\', '/'), null).getRawPath());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + file + "' can't be named on a page", e);
        }
    }
}
