// The service's time: a phone's own clock may be wrong by a day, so each answer corrects what is counted from.
let offset = 0; // milliseconds that the service is ahead of this device
let known = false;

/** Takes the time of an answer that has just come. */
export function hear(date: string | null) {
  if (!date) return;
  const next = Date.parse(date) - Date.now();
  if (Number.isNaN(next)) return;
  // The header has whole seconds: only what differs by more is news.
  if (!known || Math.abs(next - offset) > 2000) offset = next;
  known = true;
}

export const now = () => Date.now() + offset;
/** How wrong this device's clock is, in milliseconds; positive: it is slow. */
export const clockOff = () => offset;
