// What is committed reaches open pages at once, by server-sent events: one stream for all of them, while any listens.
// Without a stream pages are told to look again now and then.
export interface Transition {
  instance: string;
  workflow: string;
  state: string;
  version: number;
  index: number;
  at: string;
}

/** null: something may have been missed, look again. */
type Listener = (transition: Transition | null) => void;

const k_look_again_milliseconds = 20_000;

const listeners = new Set<Listener>();
let stream: EventSource | null = null;
let looking = 0;

const tell = (transition: Transition | null) => listeners.forEach((listener) => listener(transition));

function lookAgain(isOn: boolean) {
  if (isOn === !!looking) return;
  if (isOn) looking = window.setInterval(look, k_look_again_milliseconds);
  else {
    clearInterval(looking);
    looking = 0;
  }
}

// A stream that the service refused is not asked for again by the browser itself.
function look() {
  tell(null);
  if (stream?.readyState === EventSource.CLOSED) open(true);
}

function open(again = false) {
  stream = new EventSource('/api/v1/events');
  stream.addEventListener('ready', () => {
    lookAgain(false);
    if (again) tell(null); // unlike the browser's own reconnecting, this resumes nowhere
  });
  stream.addEventListener('transition', (event) => tell(JSON.parse(event.data)));
  stream.addEventListener('reset', () => tell(null));
  stream.onerror = () => lookAgain(true);
}

function close() {
  stream?.close();
  stream = null;
  lookAgain(false);
}

/** Tells of each transition until the function that it gives is called. */
export function listenLive(listener: Listener): () => void {
  listeners.add(listener);
  if (!stream) open();
  return () => {
    listeners.delete(listener);
    if (!listeners.size) close();
  };
}
