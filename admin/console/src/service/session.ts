// Who is signed in. The cookie is the browser's; what scripts hold is the account and the token against other sites.
import {ask, get, proveBy, sessionEnded, useCsrf} from './client';
import type {Me} from './types';

let current: Me | null = null;
export const sessionChanged = new EventTarget();

export const me = () => current;
export const hasRole = (...roles: string[]) => !!current?.grants.some((grant) => roles.includes(grant.role));
export const grantsOf = (role: string) => current?.grants.filter((grant) => grant.role === role) ?? [];

function become(next: Me | null) {
  current = next;
  useCsrf(next?.csrf_token ?? '');
  sessionChanged.dispatchEvent(new Event('changed'));
}

// Without network the account last seen goes on; the service has the last word on everything that is sent later.
const k_last = 'sparkgate.me';

/** Whoever signed in here last, as far as the cookie still holds; a browser in which nobody did asks nothing. */
export async function resume(): Promise<void> {
  leaveLater(0);
  return localStorage.getItem(k_last) ? load() : become(null);
}

async function load(): Promise<void> {
  try {
    await askWho();
  } catch (problem: any) {
    if (current) return; // a page with what is written on it stays; that the session has ended is told (below)
    const last = localStorage.getItem(k_last);
    become(last && isAway(problem) ? JSON.parse(last) : null);
  }
}

const askWho = async () => take(await get<Me>('/me'));
proveBy(askWho);

// Nothing that another began on this page may go on in the name of who has come: it ends here, and so does the page.
async function take(found: Me): Promise<void> {
  localStorage.setItem(k_last, JSON.stringify({...found, csrf_token: undefined}));
  if (!current || current.id === found.id) return become(found);
  location.replace('/console/');
  return new Promise(() => {});
}

// Out of reach, or ill: it has said nothing about the session.
const isAway = ({status}: {status?: number}) => status === 0 || status! >= 500;

/** @throws Problem */
export async function signIn(login: string, password: string): Promise<void> {
  await leave(); // the cookie of the new session takes the place of the old one's
  const {data} = await ask<{csrf_token: string; account: Me}>('POST', '/sessions', {body: {login, password}});
  await take({...data.account, csrf_token: data.csrf_token}); // the answer itself: asking again might fail
}

// Whose session is to end, while the service has not been told: the cookie is good until then.
const k_leaving = 'sparkgate.leaving';
const k_patience_milliseconds = 8000;
const k_again_milliseconds = 20_000;

export const isLeaving = () => !!localStorage.getItem(k_leaving);

/** Here at once; at the service when it can be reached, before anybody else signs in. */
export async function signOut(): Promise<void> {
  if (current) localStorage.setItem(k_leaving, current.id);
  localStorage.removeItem(k_last);
  await leave().catch(() => leaveLater());
  become(null);
}

let leaving: Promise<void> | null = null;
const leave = () => (leaving ??= endSession().finally(() => (leaving = null)));

/** @throws Problem when the service cannot be told */
async function endSession(): Promise<void> {
  const who = localStorage.getItem(k_leaving);
  if (!who) return;
  const soon = () => AbortSignal.timeout(k_patience_milliseconds);
  try {
    const {id, csrf_token} = await get<Me>('/me', soon());
    useCsrf(csrf_token ?? '');
    if (id === who) await ask('DELETE', '/sessions/current', {signal: soon()});
  } catch (problem: any) {
    if (isAway(problem)) throw problem; // anything else says that there is no such session
  } finally {
    useCsrf(current?.csrf_token ?? '');
  }
  localStorage.removeItem(k_leaving);
}

let again = 0;
function leaveLater(milliseconds = k_again_milliseconds) {
  clearTimeout(again);
  if (!isLeaving()) return;
  const left = () => void sessionChanged.dispatchEvent(new Event('left'));
  again = window.setTimeout(() => void leave().then(left, () => leaveLater()), milliseconds);
}
addEventListener('online', () => leaveLater(0));

let asking = false;
sessionEnded.addEventListener('ended', () => {
  if (!current || asking) return;
  asking = true;
  sessionChanged.dispatchEvent(new Event('ended'));
  asking = false;
});
