// Driving frames and finished frames over one WebSocket. Nothing waits: what can't be sent or shown in time is left out.

const HEADER_BYTES = 12;
const MOST_BUFFERED = 120_000;
const CLOSED_FOR_GOOD = {4000: "ended", 4001: "replaced", 4002: "too-many-viewers", 4003: "malformed"};

export class SocketTransport {
  #session;
  #driver;
  #screen;
  #socket = null;
  #sequence = 0;
  #encoding = false;
  #shown = -1;
  #decoding = 0;
  #lastCode = null;

  /** @param screen draws finished frames: show(bitmap, milliseconds from the driving frame until now) */
  constructor(session, driver, screen) {
    this.#session = session;
    this.#driver = driver;
    this.#screen = screen;
    this.name = "WebSocket";
    this.quality = 0.75;
    this.sent = 0;
    this.left = 0;
    this.onstatus = () => {};
    /** Called once when the connection is gone: with a code if it is of no use to connect again, else with null. */
    this.onlost = () => {};
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.#socket = new WebSocket(this.#session.open("socket", scheme));
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({data}) => typeof data === "string" ? this.#told(JSON.parse(data)) : this.#frame(data);
    this.#socket.onclose = ({code}) => {
      this.#driver.onpicture = () => {};
      this.onlost(this.#lastCode ?? CLOSED_FOR_GOOD[code] ?? null);
    };
    return new Promise((resolve, reject) => {
      this.#socket.onopen = () => {
        this.#driver.onpicture = taken => this.#send(taken);
        resolve();
      };
      this.#socket.onerror = () => reject(new Error("the connection failed"));
    });
  }

  #send(taken) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    if (this.#encoding || this.#socket.bufferedAmount > MOST_BUFFERED) {
      this.left++;
      return;
    }
    this.#encoding = true;
    this.#driver.canvas.toBlob(async blob => {
      this.#encoding = false;
      if (!blob || this.#socket.readyState !== WebSocket.OPEN) {
        return;
      }
      const jpeg = new Uint8Array(await blob.arrayBuffer());
      const message = new Uint8Array(HEADER_BYTES + jpeg.length);
      const header = new DataView(message.buffer);
      header.setUint32(0, this.#sequence++);
      header.setBigInt64(4, BigInt(Math.round(taken * 1000)));
      message.set(jpeg, HEADER_BYTES);
      this.#socket.send(message);
      this.sent++;
    }, "image/jpeg", this.quality);
  }

  async #frame(message) {
    const header = new DataView(message);
    const sequence = header.getUint32(0);
    const taken = Number(header.getBigInt64(4)) / 1000;
    if (this.#decoding > 2) {
      this.left++;
      return;
    }
    this.#decoding++;
    try {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(message, HEADER_BYTES)], {type: "image/jpeg"}));
      if (sequence > this.#shown) {
        this.#shown = sequence;
        this.#screen.show(bitmap, performance.now() - taken);
      }
      bitmap.close();
    } finally {
      this.#decoding--;
    }
  }

  #told(message) {
    if (message.type === "ended") {
      this.#lastCode = message.code;
    }
    if (message.status) {
      this.onstatus(message.status, message.framesLeftOut ?? 0);
    }
  }

  close() {
    this.onlost = () => {};
    this.#driver.onpicture = () => {};
    this.#socket?.close();
  }
}
