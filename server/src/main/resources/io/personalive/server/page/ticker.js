// Ticks at a rate, also while the page is in the background: timers of the page itself are slowed down there.
let timer = null;

onmessage = ({data: perSecond}) => {
  clearInterval(timer);
  timer = perSecond > 0 ? setInterval(() => postMessage(null), 1000 / perSecond) : null;
};
