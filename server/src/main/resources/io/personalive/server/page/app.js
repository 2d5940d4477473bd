import {ApiError, Session, mark, presetUrl, presets, server} from "./api.js";
import {Driver, cameraTrouble, cameras} from "./driver.js";
import {Figures} from "./figures.js";
import {Recorder, canRecord} from "./recorder.js";
import {SocketTransport} from "./socket-transport.js";
import {WebRtcTransport} from "./webrtc-transport.js";

const $ = id => document.getElementById(id);
const DRIVER_LONG_SIDE = 384;
const MOST_PORTRAIT_BYTES = 20_000_000;
const NO_FACE_MILLISECONDS = 2500;
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const asked = new URLSearchParams(location.search);

const output = $("output");
const picture = output.getContext("2d", {alpha: false});
const driver = new Driver($("driver-view"), DRIVER_LONG_SIDE);
const figures = new Figures();

let about = null; // what the server says of itself
let portrait = null; // {file} or {preset}
let session = null;
let transport = null;
let recorder = null;
let recordTimer = null;
let running = false;
let attempt = 0; // counts starts: what belongs to an earlier one stops when it notices
let awaited = false; // the first frame of a connection
let status = null;
let leftOutByServer = 0;
let faceSeenAt = 0;
let accessToken = sessionStorage.getItem("access-token");

// --- words over the picture ---

let noticeTimer = null;

function say(words, {problem = false, passing = false} = {}) {
  clearTimeout(noticeTimer);
  $("notice-text").textContent = words;
  $("notice").classList.toggle("problem", problem);
  $("notice").hidden = !words;
  if (passing) {
    noticeTimer = setTimeout(() => say(""), 2500);
  }
}

// --- what is drawn ---

const screen = {
  show(frame, milliseconds) {
    const width = frame.videoWidth ?? frame.width;
    const height = frame.videoHeight ?? frame.height;
    if (output.width !== width || output.height !== height) {
      output.width = width;
      output.height = height;
    }
    picture.drawImage(frame, 0, 0);
    figures.frame(milliseconds);
    if (awaited) {
      awaited = false;
      output.hidden = false;
      $("waiting").hidden = true;
      $("onair").hidden = false;
      say("");
    }
  },
};

// --- the portrait ---

function showPortrait(url, name) {
  for (const image of [$("portrait-preview"), $("waiting-portrait")]) {
    image.src = url;
    image.hidden = false;
  }
  $("drop-title").textContent = name;
  $("drop-hint").textContent = "Choose or drop another one at any time.";
  $("stage").classList.add("has-portrait");
  $("waiting-text").textContent = "Press Start to bring it to life.";
}

async function choose(next, url, name) {
  portrait = next;
  showPortrait(url, name);
  document.querySelectorAll("#presets button").forEach(button =>
    button.setAttribute("aria-pressed", String(button.dataset.name === next.preset)));
  portraitNote("");
  refresh();
  if (session) {
    try {
      portraitStatus(await session.portrait(next));
      say("The new portrait takes over.", {passing: true});
    } catch (error) {
      portraitNote(error.message);
    }
  }
}

function portraitNote(words) {
  $("portrait-note").textContent = words;
  $("portrait-note").hidden = !words;
}

function portraitStatus(now) {
  portraitNote(now.portraitHasFace ? "" : "No face was found in this picture: the whole of it is used. A face seen from the front works best.");
}

function chooseFile(file) {
  if (!file) {
    return;
  }
  if (!file.type.startsWith("image/")) {
    portraitNote("That is no picture. PNG, JPEG and WebP are understood.");
  } else if (file.size > MOST_PORTRAIT_BYTES) {
    portraitNote("That picture has more than 20 MB: make it smaller first.");
  } else {
    choose({file}, URL.createObjectURL(file), file.name.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " "));
  }
}

$("portrait-file").addEventListener("change", event => chooseFile(event.target.files[0]));
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, event => {
    event.preventDefault();
    $("drop").classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, event => {
    event.preventDefault();
    if (name === "drop" || event.relatedTarget === null) {
      $("drop").classList.remove("over");
    }
  });
}
document.addEventListener("drop", event => {
  const file = event.dataTransfer?.files[0];
  if (file?.type.startsWith("video/")) {
    chooseVideo(file);
  } else {
    chooseFile(file);
  }
});

async function offerPresets() {
  const list = await presets();
  $("presets").hidden = list.length === 0;
  for (const {name, title} of list) {
    const button = document.createElement("button");
    const image = document.createElement("img");
    image.src = presetUrl(name);
    image.alt = title;
    button.type = "button";
    button.title = title;
    button.dataset.name = name;
    button.setAttribute("aria-pressed", "false");
    button.append(image);
    button.addEventListener("click", () => choose({preset: name}, image.src, title));
    $("presets").append(button);
  }
  if (!portrait) {
    $("presets").querySelector("button")?.click();
  }
}

// --- the driver ---

let video = null;

function chooseVideo(file) {
  if (!file) {
    return;
  }
  video = file;
  $("driver-file-name").textContent = file.name;
  $("source-file").checked = true;
  showSource();
  changeSource();
}

function showSource() {
  const camera = $("source-camera").checked;
  $("file-choice").hidden = camera;
  $("camera-choice").hidden = !camera || $("camera").options.length < 2;
  $("driver-box").classList.toggle("mirrored", $("mirror").checked);
}

async function changeSource() {
  showSource();
  refresh();
  if (running && ($("source-camera").checked || video)) {
    await openDriver();
  }
}

async function openDriver() {
  try {
    if ($("source-camera").checked) {
      await driver.camera($("camera").value, $("sound").checked && !$("sound-row").hidden);
      await listCameras();
    } else {
      await driver.file(video);
    }
    driver.rate = Number($("rate").value);
    $("driver-box").hidden = false;
    return true;
  } catch (error) {
    await stop();
    say($("source-camera").checked ? cameraTrouble(error) : "This browser can't play that video. MP4 or WebM usually work.", {problem: true});
    return false;
  }
}

async function listCameras() {
  const chosen = $("camera").value;
  const list = await cameras();
  $("camera").replaceChildren(...list.map(({deviceId, label}, i) => new Option(label || `Camera ${i + 1}`, deviceId)));
  if (list.some(({deviceId}) => deviceId === chosen)) {
    $("camera").value = chosen;
  }
  showSource();
}

driver.onlost = () => {
  if (running) {
    stop();
    say("The camera has gone. Plug it in again, then press Start.", {problem: true});
  }
};
$("driver-file").addEventListener("change", event => chooseVideo(event.target.files[0]));
$("source-camera").addEventListener("change", changeSource);
$("source-file").addEventListener("change", changeSource);
$("camera").addEventListener("change", changeSource);

// --- settings ---

const settings = () => ({
  mirror: $("mirror").checked,
  expressionStrength: Number($("expression").value),
  headStrength: Number($("head").value),
  drivingRate: Number($("rate").value),
  quality: Number($("quality").value),
  badge: $("badge").checked,
});

let sending = null;

/** Sends what changed, at most a few times a second while a slider is being dragged. */
function send() {
  remember();
  if (!sending) {
    sending = setTimeout(async () => {
      sending = null;
      try {
        await session?.settings(settings());
      } catch (error) {
        if (error.status !== 404) {
          say(error.message, {problem: true, passing: true});
        }
      }
    }, 150);
  }
}

const SLIDERS = {expression: 2, head: 2, rate: 0, quality: 0};

function showSliders() {
  for (const [name, digits] of Object.entries(SLIDERS)) {
    $(`${name}-value`).textContent = Number($(name).value).toFixed(digits);
  }
}

function remember() {
  try {
    localStorage.setItem("settings", JSON.stringify(settings()));
  } catch {
    // a browser that keeps nothing
  }
}

function recall() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("settings")) ?? {};
  } catch {
    // nothing was kept
  }
  $("mirror").checked = kept.mirror ?? true;
  $("badge").checked = kept.badge ?? false;
  for (const [name, key] of [["expression", "expressionStrength"], ["head", "headStrength"], ["rate", "drivingRate"], ["quality", "quality"]]) {
    $(name).value = kept[key] ?? $(name).value;
  }
  showSliders();
}

for (const name of Object.keys(SLIDERS)) {
  $(name).addEventListener("input", () => {
    showSliders();
    send();
  });
}
$("rate").addEventListener("change", () => {
  if (running) {
    driver.rate = Number($("rate").value);
  }
});
for (const name of ["mirror", "badge"]) {
  $(name).addEventListener("change", () => {
    showSource();
    send();
  });
}

$("neutral").addEventListener("click", async () => {
  try {
    await session.neutral();
    say("Kept: this is your place of rest.", {passing: true});
  } catch (error) {
    say(error.message, {problem: true, passing: true});
  }
});

// --- starting and stopping ---

function refresh() {
  const ready = portrait && ($("source-camera").checked || video);
  $("start").disabled = !running && !ready;
  $("start-label").textContent = running ? "Stop" : "Start";
  document.body.classList.toggle("running", running);
  $("neutral").disabled = !session;
  $("record").disabled = !session || !canRecord();
}

async function start() {
  const mine = ++attempt;
  running = true;
  refresh();
  say("");
  if (!await openDriver()) {
    return;
  }
  await begin(mine);
}

const current = mine => running && mine === attempt;

/** Gets a session, waiting in line where that is needed, and connects. */
async function begin(mine) {
  let ticket = null;
  while (current(mine)) {
    try {
      say("Connecting …");
      const begun = await Session.begin(portrait, settings(), accessToken, ticket);
      if (!current(mine)) {
        begun.abandon();
        return;
      }
      session = begun;
      status = begun.status;
      faceSeenAt = performance.now();
      portraitStatus(status);
      showAddresses();
      refresh();
      await connect(mine);
      return;
    } catch (error) {
      if (!current(mine)) {
        return;
      }
      if (error instanceof ApiError && error.status === 401) {
        if (!await askForToken()) {
          await stop();
          say("Without the access token no session begins.", {problem: true});
        }
      } else if (error instanceof ApiError && error.status !== 503) {
        await stop();
        say(error.message, {problem: true});
        return;
      } else {
        ticket = error.ticket ?? ticket;
        say(waitingWords(error));
        await wait(1000 * (error.retryAfterSeconds ?? 3));
      }
    }
  }
}

function waitingWords(error) {
  switch (error.code) {
    case "full":
      return error.position ? `All places are taken. You are number ${error.position} in line; this starts by itself.`
        : "All places are taken. Trying again …";
    case "not-ready":
      return "The model is being loaded. This starts by itself.";
    default:
      return "The server can't be reached. Trying again …";
  }
}

/** The best transport that both sides have, else the next. */
async function connect(mine) {
  const wanted = asked.get("transport");
  const names = session.transports.filter(name => !wanted || name === wanted);
  for (const name of names) {
    const next = name === "webrtc" ? new WebRtcTransport(session, driver, screen) : new SocketTransport(session, driver, screen);
    try {
      if (name === "webrtc" && !("RTCPeerConnection" in window)) {
        continue;
      }
      await next.connect(Number($("rate").value));
    } catch {
      next.close();
      continue;
    }
    if (!current(mine)) {
      next.close();
      return;
    }
    transport = next;
    transport.onstatus = told;
    transport.onlost = code => lost(mine, code);
    awaited = true;
    say("Waiting for the first frame …");
    return;
  }
  lost(mine, null);
}

function told(now, leftOut) {
  status = now;
  leftOutByServer = leftOut;
  if (now.seesFace) {
    faceSeenAt = performance.now();
    if ($("notice-text").textContent.startsWith("No face")) {
      say("");
    }
  } else if (performance.now() - faceSeenAt > NO_FACE_MILLISECONDS && now.framesOut > 0 && $("notice").hidden) {
    say("No face is seen. Move into the picture, with light from the front.");
  }
}

/** The connection is gone: with a code if the session is over, else it is tried again. */
async function lost(mine, code) {
  transport = null;
  if (!current(mine)) {
    return;
  }
  if (code === "replaced") {
    await stop();
    say("This session is driven from somewhere else now.", {problem: true});
    return;
  }
  say("The connection was lost. Connecting again …", {problem: true});
  await wait(700);
  while (current(mine)) {
    try {
      await session.look();
      return await connect(mine);
    } catch (error) {
      if (error instanceof ApiError) {
        session = null; // over: a new one takes its place
        refresh();
        return await begin(mine);
      }
      await wait(1500);
    }
  }
}

async function stop() {
  attempt++;
  running = false;
  await stopRecording();
  transport?.close();
  transport = null;
  driver.stop();
  const ended = session;
  session = null;
  status = null;
  leftOutByServer = 0;
  output.hidden = true;
  $("waiting").hidden = false;
  $("onair").hidden = true;
  $("driver-box").hidden = true;
  figures.clear();
  showAddresses();
  say("");
  refresh();
  try {
    await ended?.end();
  } catch {
    // it has ended already, or the server has
  }
}

$("start").addEventListener("click", () => running ? stop() : start());
addEventListener("pagehide", () => session?.abandon());

async function askForToken() {
  const dialog = $("token-dialog");
  dialog.returnValue = "cancel";
  dialog.showModal();
  await new Promise(resolve => dialog.addEventListener("close", resolve, {once: true}));
  accessToken = dialog.returnValue === "ok" ? $("token").value.trim() : null;
  if (accessToken) {
    sessionStorage.setItem("access-token", accessToken);
  }
  return accessToken;
}

// --- recording ---

async function record() {
  if (recorder) {
    await stopRecording();
    return;
  }
  recorder = new Recorder(output, transport?.sound ?? null, await mark());
  $("record").setAttribute("aria-pressed", "true");
  $("record-label").textContent = "Stop recording";
  $("rec").hidden = false;
  recordTimer = setInterval(() => {
    const seconds = Math.floor((performance.now() - recorder.began) / 1000);
    $("rec-time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 250);
}

async function stopRecording() {
  if (!recorder) {
    return;
  }
  clearInterval(recordTimer);
  const done = recorder;
  recorder = null;
  $("record").setAttribute("aria-pressed", "false");
  $("record-label").textContent = "Record";
  $("rec").hidden = true;
  $("rec-time").textContent = "0:00";
  const {blob, name} = await done.stop();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(`Saved as ${name}`, {passing: true});
}

$("record").addEventListener("click", record);

// --- elsewhere ---

function showAddresses() {
  $("elsewhere-hint").hidden = session !== null;
  const rows = !session ? [] : [
    ["mjpeg", "Picture for OBS (Media Source, not local) or any player", session.open("mjpeg")],
    ["whep", "WebRTC to watch (WHEP)", `${location.origin}${session.urls.whep}`, session.token],
    ["whip", "WebRTC to drive it from OBS (WHIP)", `${location.origin}${session.urls.whip}`, session.token],
  ].filter(([name]) => session.urls[name]);
  $("addresses").replaceChildren(...rows.map(([, title, address, token]) => {
    const row = document.createElement("div");
    row.className = "address";
    const heading = document.createElement("span");
    heading.textContent = title;
    row.append(heading, ...[address, ...token ? [token] : []].flatMap(copyable));
    return row;
  }));
}

function copyable(words) {
  const code = document.createElement("code");
  code.textContent = words;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.startsWith("http") ? "Copy the address" : "Copy the bearer token";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words);
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => button.textContent = before, 1500);
  });
  return [code, button];
}

// --- the rest ---

$("fullscreen").addEventListener("click", () =>
  document.fullscreenElement ? document.exitFullscreen() : $("stage").requestFullscreen?.());

const KEYS = {s: "start", n: "neutral", r: "record", f: "fullscreen", m: "mirror"};
addEventListener("keydown", event => {
  const busy = event.target.closest("input:not([type=range]):not([type=checkbox]):not([type=radio]), select, textarea, dialog");
  if (!busy && !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key.toLowerCase()]) {
    $(KEYS[event.key.toLowerCase()]).click();
  }
});

async function meet() {
  let offered = false;
  for (;;) {
    try {
      about = await server();
      $("engine-dot").className = `dot ${about.ready ? "ready" : "busy"}`;
      $("engine-text").textContent = about.model ? `${about.model} · ${about.device}` : "The model is being loaded …";
      $("sound-row").hidden = !about.transports.includes("webrtc");
      if (!offered) {
        offered = true;
        await offerPresets();
      }
    } catch {
      $("engine-dot").className = "dot";
      $("engine-text").textContent = "No connection to the server";
    }
    await wait(about?.ready ? 10_000 : 1500);
  }
}

setInterval(() => {
  if (transport) {
    figures.show(transport, status, leftOutByServer);
  }
}, 1000);

recall();
showSource();
refresh();
meet();
if ($("source-camera").checked) {
  listCameras();
}
