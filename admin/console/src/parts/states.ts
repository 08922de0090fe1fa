// What stands in a page's place while it loads, when it failed, and when there is nothing.
import {html, nothing, type TemplateResult} from 'lit';
import type {Task} from '@lit/task';
import {t} from '../text/text';
import {icon, type Icon} from './icon';
import {problemView} from './problem';

export const skeleton = (rows = 3) => html`<div class="skeletons" role="status" aria-label=${t('loading')}>
  ${Array.from({length: rows}, () => html`<span class="skeleton"></span>`)}
</div>`;

/** Says what to do when there is nothing yet. */
export const empty = (name: Icon, words: string, action: TemplateResult | typeof nothing = nothing) =>
  html`<div class="empty">${icon(name)}<p>${words}</p>${action}</div>`;

interface Seen {
  value: unknown;
  at: string; // the page's address: what another shows is no answer
}
const seen = new WeakMap<object, Seen>();

// One template for all of a page's states, so that what is open or written in it outlives a change of state.
const page = (error: unknown, again: () => void, view: unknown) => html`${error === undefined ? nothing
  : html`${problemView(error)}<p><wa-button @click=${again}>${t('again')}</wa-button></p>`}${view}`;

/** A task's state: the last value stays in sight while it is asked for again, and below why that failed. */
export function shown<T>(task: Task<readonly unknown[], T>, view: (value: T) => unknown, rows = 3) {
  const again = () => void task.run();
  const before = seen.get(task), here = before?.at === location.pathname ? (before.value as T) : undefined;
  const known = (value?: T) => (value === undefined ? nothing : view(value));
  return task.render({
    initial: () => skeleton(rows),
    pending: () => {
      const last = task.value ?? here;
      return last === undefined ? skeleton(rows) : page(undefined, again, view(last));
    },
    complete: (value) => {
      if (before?.value !== value) seen.set(task, {value, at: location.pathname});
      return page(undefined, again, view(value));
    },
    error: (error) => page(error, again, known(here)),
  });
}
