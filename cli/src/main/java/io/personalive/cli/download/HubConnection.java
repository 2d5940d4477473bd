package io.personalive.cli.download;

import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to the hub and to wherever it redirects. Redirects are followed here, not by the client: the access token
 * goes to the hub's own address only, never along to the storage that holds the files.
 */
final class HubConnection {
    private static final int MOST_REDIRECTS = 10;

    private final URI endpoint;
    private final String token;
    private final Patience patience;
    private final HttpClient client;

    /** @param token access token, or null */
    HubConnection(URI endpoint, String token, Patience patience) {
        this.endpoint = endpoint;
        this.token = token;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // one connection a range: streams of one connection share its speed
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.connect())
                .build();
    }

    /**
     * Asks once, following redirects.
     *
     * @param what    is asked for, for messages
     * @param headers to send with every request
     * @return an answer with status 200 or 206; its body belongs to the caller
     * @throws TemporaryFailure if another attempt may help
     * @throws UserError        if it won't
     */
    Answer get(URI address, String what, Map<String, String> headers)
            throws IOException, InterruptedException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = client.send(request(next, headers), HttpResponse.BodyHandlers.ofInputStream());
            int status = response.statusCode();
            if (status == 200 || status == 206) {
                return new Answer(status, response.headers(), new WatchedStream(response.body(), patience.silence()));
            }
            response.body().close();
            if (status < 300 || status >= 400) {
                throw refusal(status, response, what);
            }
            next = redirect(next, response, what);
        }
        throw new UserError(what + ": redirected more than " + MOST_REDIRECTS + " times; check --endpoint " + endpoint);
    }

    private HttpRequest request(URI address, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience.silence())
                .header("User-Agent", "personalive-java");
        headers.forEach(request::header);
        if (token != null && sameOrigin(address, endpoint)) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private URI redirect(URI from, HttpResponse<?> response, String what) {
        String location = response.headers().firstValue("Location").orElseThrow(() -> new UserError(
                what + ": answered status " + response.statusCode() + " without an address; check --endpoint " + endpoint));
        URI to = from.resolve(location);
        boolean web = "https".equals(to.getScheme()) || "http".equals(to.getScheme()) && "http".equals(from.getScheme());
        if (!web) {
            throw new UserError(what + ": redirected to " + to.getScheme() + "://" + to.getHost()
                    + ", which isn't encrypted as " + from.getHost() + " is; refused. Check --endpoint " + endpoint);
        }
        return to;
    }

    private IOException refusal(int status, HttpResponse<?> response, String what) {
        if (status == 429 || status == 408 || status >= 500) {
            return new TemporaryFailure("the server answered status " + status, retryAfter(response));
        }
        String advice = switch (status) {
            case 401 -> token == null
                    ? "needs a login, or doesn't exist: create an access token (" + endpoint
                            + "/settings/tokens) and pass it in the environment as HF_TOKEN"
                    : "the access token was not accepted: create a new one (" + endpoint + "/settings/tokens)";
            case 403 -> "access is not granted: open its page at " + endpoint + " in a browser, accept the conditions, and"
                    + " pass an access token of that account in the environment as HF_TOKEN";
            case 404 -> "is not there: check --revision and --endpoint " + endpoint;
            default -> "the server answered status " + status + ": check --endpoint " + endpoint;
        };
        throw new UserError(what + ": " + advice);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        Optional<String> seconds = response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,6}"));
        return seconds.map(value -> Duration.ofSeconds(Long.parseLong(value))).orElse(null);
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
