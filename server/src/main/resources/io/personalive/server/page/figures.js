// Counts what goes on, once a second.

export class Figures {
  #place = name => document.getElementById(name);
  #shown = 0;
  #latencies = [];
  #before = null;

  /** A finished frame was drawn. @param milliseconds since its driving frame was taken */
  frame(milliseconds) {
    this.#shown++;
    this.#latencies.push(milliseconds);
  }

  /** @param transport counts what was sent and what was left out here; @param status of the session, or null */
  show(transport, status, leftOutByServer) {
    const now = {time: performance.now(), sent: transport.sent, shown: this.#shown};
    if (this.#before) {
      const seconds = (now.time - this.#before.time) / 1000;
      this.#set("rate-in", ((now.sent - this.#before.sent) / seconds).toFixed(1));
      this.#set("rate-out", ((now.shown - this.#before.shown) / seconds).toFixed(1));
    }
    this.#before = now;
    if (this.#latencies.length > 0) {
      this.#latencies.sort((a, b) => a - b);
      this.#set("latency", Math.round(this.#latencies[this.#latencies.length >> 1]));
      this.#latencies = [];
    }
    this.#set("dropped", transport.left + leftOutByServer + (status?.framesDropped ?? 0));
    this.#set("transport", transport.name);
  }

  #set(name, value) {
    this.#place(name).textContent = value;
  }

  clear() {
    this.#before = null;
    this.#shown = 0;
    this.#latencies = [];
    ["rate-in", "rate-out", "latency", "dropped", "transport"].forEach(name => this.#set(name, "–"));
  }
}
