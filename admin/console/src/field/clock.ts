// The device's monotonic clock. A page's own clock starts again with each reload, which would cut the tie between the
// last mark of server time and whatever is recorded next; so page and service worker keep one clock between them, and
// it lasts as long as either of them runs. When both are gone, after a crash or an empty battery, it is a new boot:
// then only the order of events is certain, and the service tells how unsure it is.
//
// What is handed over lags by as long as a message takes. That may slow the clock, never quicken it: whichever of the
// two is ahead steps back. For more time must not have been shown than has passed, or marks and events would
// contradict each other.
import type {ClockCall} from './clock-keeper';
import type {Reading} from './database';

const k_patience_milliseconds = 1500; // for a worker that must be woken
const k_ping_milliseconds = 20_000; // a worker that hears nothing for half a minute may be ended

let boot: string = crypto.randomUUID();
let ahead = 0; // of this page's own clock

const exactly = (): Reading => ({boot, monotonic_ms: performance.now() + ahead});
export const reading = (): Reading => ({boot, monotonic_ms: Math.floor(performance.now() + ahead)});

/** A new boot, since the one before is over. */
export function startAnew(): Reading {
  boot = crypto.randomUUID();
  ahead = 0;
  void tell({clock: exactly(), why: 'start'});
  return reading();
}

function tell(call: ClockCall): Promise<Reading | null> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve(null);
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => resolve(data);
    setTimeout(() => resolve(null), k_patience_milliseconds);
    worker.postMessage(call, [port2]);
  });
}

function take(clock: Reading) {
  boot = clock.boot;
  ahead = clock.monotonic_ms - performance.now();
}

async function join() {
  const carried = await tell({clock: null});
  if (carried) take(carried);
  else await tell({clock: exactly(), why: 'start'});
  void ping();
}

async function ping() {
  const asked = performance.now();
  const kept = await tell({clock: exactly()});
  if (!kept) return;
  if (kept.boot !== boot) take(kept);
  else if (kept.monotonic_ms < asked + ahead) ahead = kept.monotonic_ms - asked;
  else if (kept.monotonic_ms > performance.now() + ahead) await tell({clock: exactly(), why: 'lower'});
}

/** The clock is carried over from the page before, where that is possible. */
export const joined = join();

setInterval(() => void ping(), k_ping_milliseconds);
navigator.serviceWorker?.addEventListener('controllerchange', () => void ping());
