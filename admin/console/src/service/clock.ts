// The service's time: a phone's own clock may be wrong by a day, so each answer corrects what is counted from. It is
// counted on by the page's monotonic clock, and how wrong the wall clock is stays noted for a start without network.
const k_stored = 'sparkgate.clock_off';

// Of the page's monotonic clock.
let ahead = Number(localStorage.getItem(k_stored) ?? 0) + Date.now() - performance.now();
let known = false;

/** The service's clock shows that now, or did when it answered. */
export function correct(time: number) {
  ahead = time - performance.now();
  known = true;
  localStorage.setItem(k_stored, String(Math.round(time - Date.now())));
}

/** Takes the time of an answer that has just come. */
export function hear(date: string | null) {
  const time = Date.parse(date ?? '');
  // The header has whole seconds: only what differs by more is news.
  if (!Number.isNaN(time) && (!known || Math.abs(time - now()) > 2000)) correct(time);
}

export const now = () => performance.now() + ahead;
/** How wrong this device's clock is, in milliseconds; positive: it is slow. */
export const clockOff = () => now() - Date.now();
