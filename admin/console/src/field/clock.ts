// The device's monotonic clock. A page's own clock starts again with each reload, which would cut the tie between the
// last mark of server time and whatever is recorded next; so page and service worker keep one clock between them, and
// it lasts as long as either of them runs. When both are gone, after a crash or an empty battery, it is a new boot: then
// only the order of events is certain, and the service tells how unsure it is.
import type {ClockCall} from './clock-keeper';
import type {Reading} from './database';

const k_patience_milliseconds = 1500; // for a worker that must be woken
const k_ping_milliseconds = 20_000; // a worker that hears nothing for half a minute may be ended

let boot: string = crypto.randomUUID();
let ahead = 0; // of this page's own clock

export const reading = (): Reading => ({boot, monotonic_ms: Math.floor(performance.now() + ahead)});

/** A new boot, since the one before is over. */
export function startAnew(): Reading {
  boot = crypto.randomUUID();
  ahead = 0;
  void tell({clock: reading(), start: true});
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
  const told = clock.monotonic_ms - performance.now();
  ahead = clock.boot === boot ? Math.max(ahead, told) : told;
  boot = clock.boot;
}

async function join() {
  const carried = await tell({clock: null});
  if (carried) take(carried);
  else await tell({clock: reading(), start: true});
}

async function ping() {
  const kept = await tell({clock: reading()});
  if (kept) take(kept);
}

/** The clock is carried over from the page before, where that is possible. */
export const joined = join();

setInterval(() => void ping(), k_ping_milliseconds);
navigator.serviceWorker?.addEventListener('controllerchange', () => void ping());
