// The driver's track out by WHIP, the animated track in by WHEP. All candidates go with the offer and the answer.

const GATHER_MILLISECONDS = 1500;
const CONNECT_MILLISECONDS = 8000;

function gathered(peer) {
  if (peer.iceGatheringState === "complete") {
    return Promise.resolve();
  }
  return new Promise(resolve => {
    const timer = setTimeout(resolve, GATHER_MILLISECONDS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState === "complete") {
        clearTimeout(timer);
        resolve();
      }
    });
  });
}

function connected(peer) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no connection in time: ${peer.connectionState}`)), CONNECT_MILLISECONDS);
    const look = () => {
      if (peer.connectionState === "connected") {
        clearTimeout(timer);
        resolve();
      } else if (peer.connectionState === "failed" || peer.connectionState === "closed") {
        clearTimeout(timer);
        reject(new Error("the connection failed"));
      }
    };
    peer.addEventListener("connectionstatechange", look);
    look(); // it may be there already
  });
}

export class WebRtcTransport {
  #session;
  #driver;
  #screen;
  #peers = [];
  #places = [];
  #video = document.createElement("video");
  #watch = null;
  #lost = false;
  #serverMilliseconds = 0;
  #networkMilliseconds = 0;

  /** As of SocketTransport. */
  constructor(session, driver, screen) {
    this.#session = session;
    this.#driver = driver;
    this.#screen = screen;
    this.name = "WebRTC";
    this.sent = 0;
    this.left = 0;
    this.onstatus = () => {};
    this.onlost = () => {};
  }

  /** The animated sound, delayed as the picture is; null where there is none. */
  get sound() {
    return this.#video.srcObject?.getAudioTracks()[0] ?? null;
  }

  async connect(rate) {
    const watching = await this.#exchange("whep", peer => {
      peer.addTransceiver("video", {direction: "recvonly"});
      peer.addTransceiver("audio", {direction: "recvonly"});
      const received = new MediaStream();
      peer.ontrack = ({track, receiver}) => {
        if ("jitterBufferTarget" in receiver) {
          receiver.jitterBufferTarget = 0;
        }
        received.addTrack(track);
      };
      this.#video.srcObject = received;
    });
    const driving = await this.#exchange("whip", peer => {
      const camera = this.#driver.canvas.captureStream(rate);
      this.#driver.onpicture = () => this.sent++;
      const stream = new MediaStream(camera.getVideoTracks());
      peer.addTransceiver(camera.getVideoTracks()[0], {direction: "sendonly", streams: [stream]});
      if (this.#driver.sound) {
        peer.addTransceiver(this.#driver.sound, {direction: "sendonly", streams: [stream]});
      }
    });
    await Promise.all([connected(watching), connected(driving)]);
    for (const peer of [watching, driving]) {
      peer.addEventListener("connectionstatechange", () => {
        if (["failed", "closed"].includes(peer.connectionState)) {
          this.#gone(null);
        }
      });
    }
    this.#video.muted = true;
    this.#video.playsInline = true;
    await this.#video.play();
    this.#follow();
    this.#watch = setInterval(() => this.#look(watching), 1000);
  }

  async #exchange(name, prepare) {
    const peer = new RTCPeerConnection();
    this.#peers.push(peer);
    prepare(peer);
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer);
    const answer = await fetch(this.#session.urls[name], {method: "POST", body: peer.localDescription.sdp,
      headers: {"Content-Type": "application/sdp", Authorization: `Bearer ${this.#session.token}`}});
    if (answer.status !== 201) {
      throw new Error(`${name} answered ${answer.status}`);
    }
    this.#places.push(new URL(answer.headers.get("Location"), location.href).pathname);
    await peer.setRemoteDescription({type: "answer", sdp: await answer.text()});
    return peer;
  }

  /** Draws each frame that arrives. */
  #follow() {
    const show = () => {
      if (this.#lost) {
        return;
      }
      if (this.#video.videoWidth) {
        this.#screen.show(this.#video, this.#serverMilliseconds + this.#networkMilliseconds);
      }
      next();
    };
    const next = () => "requestVideoFrameCallback" in this.#video
      ? this.#video.requestVideoFrameCallback(show) : setTimeout(show, 33);
    next();
  }

  async #look(peer) {
    try {
      const status = await this.#session.look();
      this.#serverMilliseconds = status.latencyMilliseconds;
      this.onstatus(status, 0);
      for (const report of (await peer.getStats()).values()) {
        if (report.type === "candidate-pair" && report.nominated && report.currentRoundTripTime !== undefined) {
          this.#networkMilliseconds = 1000 * report.currentRoundTripTime;
        }
      }
    } catch (error) {
      this.#gone(error.status === 404 ? "ended" : null);
    }
  }

  #gone(code) {
    if (!this.#lost) {
      this.#lost = true;
      const lost = this.onlost;
      this.close();
      lost(code);
    }
  }

  close() {
    this.#lost = true;
    this.onlost = () => {};
    this.#driver.onpicture = () => {};
    clearInterval(this.#watch);
    this.#peers.forEach(peer => peer.close());
    this.#places.forEach(place => fetch(place, {method: "DELETE", headers: {Authorization: `Bearer ${this.#session.token}`},
      keepalive: true}).catch(() => {}));
    this.#places = [];
    this.#video.srcObject = null;
  }
}
