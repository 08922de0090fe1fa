// What these pages share: people by their names within an instance, units and areas by their codes, where things link
// to.
import {html} from 'lit';
import {until} from 'lit/directives/until.js';
import {records} from '../service/records';
import type {Instance} from '../service/types';
import {t} from '../text/text';

/** "p1" as the instance shows that person; the system, and whoever was erased, as they are called. */
export const personIn = (instance: Instance, by = '') =>
  by === 'system' ? t('history.system') : instance.data.people?.[by]?.name ?? by;

const known = new Map<string, Promise<Map<string, string>>>();

function namesOf(kind: 'unit' | 'area') {
  if (!known.has(kind)) {
    known.set(kind, records(kind).then((found) => new Map(found.map(({key, name}) => [key, name])), () => new Map()));
  }
  return known.get(kind)!;
}

/** The registered name of a code, with the code; the code alone while, and where, the register does not tell. */
export function named(kind: 'unit' | 'area', code?: string) {
  if (!code) return html`–`;
  const shown = namesOf(kind).then((names) => names.has(code) ? html`${names.get(code)} <span
    class="muted">${code}</span>` : code);
  return html`${until(shown, code)}`;
}

export const historyPath = (collection: string, id: string) => `/console/history/${collection}/${id}`;
