// Records the result to a file and marks that as made by AI: the browser's recorder writes no metadata of its own.

const TYPES = ["video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];
const COMMENT = "AI-generated: a still portrait animated by PersonaLive";
const XMP_UUID = [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

/** An EBML element: its id's bytes, its length in 8 bytes, its content. */
function element(id, ...content) {
  const bytes = content.flatMap(part => [...part]);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(bytes.length) | 1n << 56n);
  return [...id, ...new Uint8Array(length.buffer), ...bytes];
}

/** Matroska tags: a file of a live recorder has no set end, so that they may stand behind its pictures. */
function webmTags(xmp) {
  const text = words => new TextEncoder().encode(words);
  const tag = (name, value) => element([0x67, 0xC8], element([0x45, 0xA3], text(name)), element([0x44, 0x87], value));
  return new Uint8Array(element([0x12, 0x54, 0xC3, 0x67],
    element([0x73, 0x73], element([0x63, 0xC0]), tag("COMMENT", text(COMMENT)), tag("XMP", xmp))));
}

/** The box in which XMP stands in an MP4. */
function mp4Box(xmp) {
  const box = new Uint8Array(24 + xmp.length);
  new DataView(box.buffer).setUint32(0, box.length);
  box.set(new TextEncoder().encode("uuid"), 4);
  box.set(XMP_UUID, 8);
  box.set(xmp, 24);
  return box;
}

export const canRecord = () => "MediaRecorder" in window && TYPES.some(type => MediaRecorder.isTypeSupported(type));

export class Recorder {
  #recorder;
  #parts = [];

  /** @param xmp the mark, bytes */
  constructor(canvas, sound, xmp) {
    this.type = TYPES.find(type => MediaRecorder.isTypeSupported(type));
    this.began = performance.now();
    const stream = canvas.captureStream(30);
    if (sound) {
      stream.addTrack(sound);
    }
    this.#recorder = new MediaRecorder(stream, {mimeType: this.type, videoBitsPerSecond: 6_000_000});
    this.#recorder.ondataavailable = ({data}) => this.#parts.push(data);
    this.xmp = xmp;
    this.#recorder.start(1000);
  }

  /** @returns the whole recording and its name */
  async stop() {
    await new Promise(resolve => {
      this.#recorder.onstop = resolve;
      this.#recorder.stop();
    });
    const isMp4 = this.type.startsWith("video/mp4");
    this.#parts.push(isMp4 ? mp4Box(this.xmp) : webmTags(this.xmp));
    const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
    return {blob: new Blob(this.#parts, {type: this.type.split(";")[0]}), name: `personalive-${time}.${isMp4 ? "mp4" : "webm"}`};
  }
}
