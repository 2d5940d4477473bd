// The HTTP interface, as /openapi.json describes it.

/** What a server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.position = error.position;
    this.ticket = error.ticket;
    this.retryAfterSeconds = error.retryAfterSeconds ?? 3;
  }
}

async function answer(response) {
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }
  let error = {code: "unknown", message: `The server answered ${response.status}.`};
  try {
    error = (await response.json()).error ?? error;
  } catch {
    // something between here and the server answered, not the server
  }
  throw new ApiError(response.status, error);
}

export const server = async () => answer(await fetch("api/server"));
export const presets = async () => (await answer(await fetch("api/presets"))).presets;
export const presetUrl = name => `api/presets/${encodeURIComponent(name)}`;
export const mark = async () => new Uint8Array(await (await fetch("api/mark")).arrayBuffer());

/** The body that brings a portrait: {file} or {preset}; with settings to begin with, if there are any. */
function portraitBody(portrait, settings) {
  if (portrait.preset) {
    const body = settings ? {preset: portrait.preset, settings} : {preset: portrait.preset};
    return {body: JSON.stringify(body), headers: {"Content-Type": "application/json"}};
  }
  const form = new FormData();
  form.append("portrait", portrait.file);
  if (settings) {
    form.append("settings", JSON.stringify(settings));
  }
  return {body: form, headers: {}};
}

/** A session that was begun. */
export class Session {
  constructor(begun) {
    this.id = begun.id;
    this.token = begun.token;
    this.urls = begun.urls;
    this.transports = begun.transports;
    this.status = begun.status;
  }

  static async begin(portrait, settings, accessToken, ticket) {
    const {body, headers} = portraitBody(portrait, settings);
    if (accessToken) {
      headers.Authorization = `Bearer ${accessToken}`;
    }
    if (ticket) {
      headers["X-Queue-Ticket"] = ticket;
    }
    return new Session(await answer(await fetch("api/sessions", {method: "POST", body, headers})));
  }

  async #send(name, method, body, headers = {}) {
    headers.Authorization = `Bearer ${this.token}`;
    return answer(await fetch(this.urls[name], {method, body, headers}));
  }

  look() {
    return this.#send("session", "GET");
  }

  portrait(portrait) {
    const {body, headers} = portraitBody(portrait);
    return this.#send("portrait", "PUT", body, headers);
  }

  settings(change) {
    return this.#send("settings", "PATCH", JSON.stringify(change), {"Content-Type": "application/json"});
  }

  neutral() {
    return this.#send("neutral", "POST");
  }

  end() {
    return this.#send("session", "DELETE");
  }

  /** Ends it while the page is being left: such a request outlives the page. */
  abandon() {
    fetch(this.urls.session, {method: "DELETE", headers: {Authorization: `Bearer ${this.token}`}, keepalive: true});
  }

  /** An address with the token in it, for what can't send headers. */
  open(name, scheme = location.protocol) {
    return `${scheme}//${location.host}${this.urls[name]}?token=${encodeURIComponent(this.token)}`;
  }
}
