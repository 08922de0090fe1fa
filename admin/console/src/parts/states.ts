// What stands in a page's place while it loads, when it failed, and when there is nothing.
import {html, nothing, type TemplateResult} from 'lit';
import type {Task} from '@lit/task';
import {t} from '../text/text';
import {icon, type Icon} from './icon';
import {problemView} from './problem';

export const skeleton = (rows = 3) => html`<div class="skeletons" role="status" aria-label=${t('loading')}>
  ${Array.from({length: rows}, () => html`<wa-skeleton effect="sheen"></wa-skeleton>`)}
</div>`;

/** Says what to do when there is nothing yet. */
export const empty = (name: Icon, words: string, action: TemplateResult | typeof nothing = nothing) =>
  html`<div class="empty">${icon(name)}<p>${words}</p>${action}</div>`;

/** A task's state: the last value stays in sight while it is asked for again. */
export function shown<T>(task: Task<readonly unknown[], T>, view: (value: T) => unknown, rows = 3) {
  return task.render({
    initial: () => skeleton(rows),
    pending: () => (task.value === undefined ? skeleton(rows) : view(task.value)),
    complete: view,
    error: (error) => html`${problemView(error)}
      <p><wa-button @click=${() => task.run()}>${t('again')}</wa-button></p>`,
  });
}
