// Talks to the service: JSON in and out, problems as `Problem`, the session's proof against other sites on each write.
import {language} from '../text/text';
import {hear} from './clock';

/** Why something was refused, as the service says it (RFC 9457). */
export interface Finding {
  code: string;
  title: string;
  severity: 'refuse' | 'warn' | 'undecided';
  clause?: string;
  subject?: string;
  needed?: string;
  actual?: string;
  remedy?: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number, // 0: the service could not be reached
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly remedy = '',
    readonly findings: Finding[] = [],
    readonly details: Record<string, unknown> = {},
  ) {
    super(detail || title);
  }
}

export interface Answer<T> {
  data: T;
  version: number; // 0: it has none
}

export interface Sending {
  body?: unknown;
  bytes?: Blob;
  version?: number; // that the sender saw
  key?: string; // makes a repeat safe
  signal?: AbortSignal;
  onProgress?: (sent: number, all: number) => void;
}

let csrf = '';
export const useCsrf = (token: string) => (csrf = token);

// How to get one where the page was opened without network.
let prove = async () => {};
export const proveBy = (way: () => Promise<void>) => (prove = way);

/** Told when the session has ended; what the user was writing stays. */
export const sessionEnded = new EventTarget();

const versionOf = (etag: string | null) => Number(etag?.replaceAll('"', '') ?? 0) || 0;

function headersOf(method: string, sending: Sending): Record<string, string> {
  const headers: Record<string, string> = {'Accept-Language': language()};
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (sending.bytes) headers['Content-Type'] = sending.bytes.type;
  else if (sending.body !== undefined) headers['Content-Type'] = 'application/json';
  if (sending.version !== undefined) headers['If-Match'] = `"${sending.version}"`;
  if (sending.key) headers['Idempotency-Key'] = sending.key;
  return headers;
}

function problemOf(status: number, text: string): Problem {
  try {
    const {code, title, detail, remedy, findings, ...details} = JSON.parse(text);
    return new Problem(status, code, title, detail, remedy, findings ?? [], details);
  } catch {
    return new Problem(status, 'unreadable_answer', '', text.slice(0, 200));
  }
}

/** @throws Problem */
export async function ask<T>(method: string, path: string, sending: Sending = {}): Promise<Answer<T>> {
  if (method !== 'GET' && !csrf && path !== '/sessions') await prove();
  const {status, text, etag} = await (sending.onProgress ? askWithProgress : askByFetch)(method, path, sending);
  if (status >= 200 && status < 300) {
    return {data: (text ? JSON.parse(text) : undefined) as T, version: versionOf(etag)};
  }
  const problem = problemOf(status, text);
  if (status === 401 && path !== '/sessions') sessionEnded.dispatchEvent(new Event('ended'));
  throw problem;
}

const unreachable = () => new Problem(0, 'unreachable', '', '');

async function askByFetch(method: string, path: string, sending: Sending) {
  const failed = (error: Error) => {
    throw error.name === 'AbortError' ? error : unreachable();
  };
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: headersOf(method, sending),
    body: sending.bytes ?? (sending.body === undefined ? undefined : JSON.stringify(sending.body)),
    signal: sending.signal,
    cache: 'no-store',
  }).catch(failed);
  hear(response.headers.get('Date'));
  const text = await response.text().catch(failed); // the way to the service may end within its answer
  return {status: response.status, text, etag: response.headers.get('ETag')};
}

const k_stalled_milliseconds = 15_000; // nothing of the body has gone on for so long
const k_answer_milliseconds = 45_000; // all of it has, but a network's own buffers may be full of it

// fetch cannot tell how much of a body has gone.
function askWithProgress(method: string, path: string, sending: Sending) {
  return new Promise<{status: number; text: string; etag: string | null}>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, `/api/v1${path}`);
    for (const [name, value] of Object.entries(headersOf(method, sending))) request.setRequestHeader(name, value);
    let patience = 0;
    const wait = (milliseconds: number) => {
      clearTimeout(patience);
      patience = window.setTimeout(() => request.abort(), milliseconds);
    };
    request.upload.onprogress = (event) => {
      wait(k_stalled_milliseconds);
      sending.onProgress?.(event.loaded, event.total);
    };
    request.upload.onload = () => wait(k_answer_milliseconds);
    request.onerror = request.onabort = () => reject(unreachable());
    request.onloadend = () => clearTimeout(patience);
    request.onload = () =>
      resolve({status: request.status, text: request.responseText, etag: request.getResponseHeader('ETag')});
    request.send(sending.bytes ?? JSON.stringify(sending.body ?? {}));
    wait(k_stalled_milliseconds);
  });
}

export const get = async <T>(path: string, signal?: AbortSignal) => (await ask<T>('GET', path, {signal})).data;
export const post = async <T>(path: string, sending: Sending = {}) =>
  (await ask<T>('POST', path, {...sending, body: sending.bytes ? undefined : (sending.body ?? {})})).data;

/** What is answered with a file. @throws Problem */
export async function postForBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!csrf) await prove();
  const sending = {method: 'POST', headers: headersOf('POST', {}), cache: 'no-store'} as const;
  const answer = await fetch(`/api/v1${path}`, sending).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw problemOf(answer.status, await answer.text());
  return new Uint8Array(await answer.arrayBuffer());
}

/** "?a=1&b=2&b=3" of what is not empty. */
export function query(values: Record<string, string | number | string[] | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const pairs = given.flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return pairs.length ? '?' + new URLSearchParams(pairs) : '';
}
