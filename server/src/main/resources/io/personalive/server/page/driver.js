// The driver: a camera or a video file, drawn small onto a canvas at an even rate.

/** Why a camera can't be used, in words for the person before it. */
export function cameraTrouble(error) {
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "The camera is blocked. Allow it beside the address of this page, then press Start again. A video file works without.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "There is no camera. Plug one in, or choose a video file.";
    case "NotReadableError":
    case "AbortError":
      return "The camera is used by another program. Close that, then press Start again.";
    case "InsecureContextError":
      return "Browsers give pages the camera only over https or on localhost. Open this page so, or choose a video file.";
    default:
      return `The camera can't be used (${error.name}). A video file works without.`;
  }
}

export class Driver {
  #video = document.createElement("video");
  #ticker = new Worker("ticker.js");
  #canvas;
  #context;
  #stream = null;
  #file = null;

  /** @param canvas that shows the driver and is sent; @param longSide of it, pixels */
  constructor(canvas, longSide) {
    this.#canvas = canvas;
    this.longSide = longSide;
    this.#context = canvas.getContext("2d", {alpha: false, willReadFrequently: true});
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.loop = true;
    /** Called with each picture that was drawn: its time in milliseconds of performance.now(). */
    this.onpicture = () => {};
    /** Called when the camera goes away. */
    this.onlost = () => {};
    this.#ticker.onmessage = () => this.#draw();
  }

  get canvas() {
    return this.#canvas;
  }

  /** The microphone's track, if one was asked for and given. */
  get sound() {
    return this.#stream?.getAudioTracks()[0] ?? null;
  }

  async camera(deviceId, withSound) {
    this.stop();
    if (!navigator.mediaDevices?.getUserMedia) {
      throw Object.assign(new Error("no secure context"), {name: "InsecureContextError"});
    }
    const wanted = {width: {ideal: 640}, height: {ideal: 480}, frameRate: {ideal: 30}};
    if (deviceId) {
      wanted.deviceId = {exact: deviceId};
    } else {
      wanted.facingMode = "user";
    }
    this.#stream = await navigator.mediaDevices.getUserMedia({video: wanted, audio: withSound});
    this.#stream.getVideoTracks()[0].onended = () => this.onlost();
    this.#video.srcObject = this.#stream;
    await this.#video.play();
  }

  async file(file) {
    this.stop();
    this.#file = URL.createObjectURL(file);
    this.#video.src = this.#file;
    await this.#video.play();
  }

  set rate(perSecond) {
    this.#ticker.postMessage(perSecond);
  }

  #draw() {
    const {videoWidth: width, videoHeight: height} = this.#video;
    if (!width || this.#video.readyState < 2) {
      return;
    }
    const scale = Math.min(1, this.longSide / Math.max(width, height));
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== w || this.#canvas.height !== h) {
      this.#canvas.width = w;
      this.#canvas.height = h;
    }
    const taken = performance.now();
    this.#context.drawImage(this.#video, 0, 0, w, h);
    this.onpicture(taken);
  }

  stop() {
    this.rate = 0;
    this.#stream?.getTracks().forEach(track => {
      track.onended = null;
      track.stop();
    });
    this.#stream = null;
    this.#video.pause();
    this.#video.srcObject = null;
    this.#video.removeAttribute("src");
    if (this.#file) {
      URL.revokeObjectURL(this.#file);
      this.#file = null;
    }
  }
}

/** The cameras there are; without names until one was allowed. */
export async function cameras() {
  const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return devices.filter(device => device.kind === "videoinput");
}
