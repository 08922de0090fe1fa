// The service worker's half of the device's clock: it outlives the reload of a page, so it carries the clock across.
import type {Reading} from './database';

/** Asks for the clock, or tells how it stands. start: it is a new one, whatever was kept. lower: this one is ahead. */
export interface ClockCall {
  clock: Reading | null;
  why?: 'start' | 'lower';
}

let boot = '';
let ahead = 0; // of this worker's own clock

const reading = (): Reading | null => (boot ? {boot, monotonic_ms: performance.now() + ahead} : null);

function hear({clock, why}: ClockCall) {
  if (!clock) return;
  const told = clock.monotonic_ms - performance.now(); // a message takes a while, so this lags
  if (!boot || why === 'start') [boot, ahead] = [clock.boot, told];
  else if (why === 'lower' && boot === clock.boot) ahead = Math.min(ahead, told);
}

export function keepClock(worker: ServiceWorkerGlobalScope) {
  worker.addEventListener('message', (event) => {
    if (event.data?.clock === undefined) return;
    hear(event.data);
    event.ports[0]?.postMessage(reading());
  });
}
