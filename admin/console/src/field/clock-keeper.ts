// The service worker's half of the device's clock: it outlives the reload of a page, so it carries the clock across.
import type {Reading} from './database';

/** Asks for the clock, or tells how it stands; `start`: the page's clock is a new one, whatever was kept. */
export interface ClockCall {
  clock: Reading | null;
  start?: boolean;
}

let boot = '';
let ahead = 0; // of this worker's own clock

const reading = (): Reading | null => (boot ? {boot, monotonic_ms: performance.now() + ahead} : null);

function hear({clock, start}: ClockCall) {
  if (!clock) return;
  const told = clock.monotonic_ms - performance.now();
  // A message takes a while, so what was told lags: of two of one boot the one that is ahead is nearer the truth.
  if (!boot || start) [boot, ahead] = [clock.boot, told];
  else if (boot === clock.boot) ahead = Math.max(ahead, told);
}

export function keepClock(worker: ServiceWorkerGlobalScope) {
  worker.addEventListener('message', (event) => {
    if (event.data?.clock === undefined) return;
    hear(event.data);
    event.ports[0]?.postMessage(reading());
  });
}
