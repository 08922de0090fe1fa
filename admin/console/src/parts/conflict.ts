// What somebody else made of an instance meanwhile: who did what, and both versions side by side, in words.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';
import {moment} from '../text/time';
import {Part} from './element';
import {labelOfMember, valueText} from './values';

// Says nothing to a reader that its state or another member does not say better.
const k_bookkeeping = ['scope_hash', 'state_since_seq', 'states', 'areas', 'people', 'numbers', 'hold_count', 'field',
  'pack'];

interface Difference {
  path: string[];
  before: unknown;
  after: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members that differ, objects gone into, lists as a whole. */
export function differences(before: unknown, after: unknown, path: string[] = []): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after)) return [{path, before, after}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((one) => !k_bookkeeping.includes(one))
    .flatMap((name) => differences(before[name], after[name], [...path, name]));
}

@customElement('sg-conflict')
export class ConflictView extends Part {
  @property({attribute: false}) seen!: Instance;
  @property({attribute: false}) newest!: Instance;
  @property() collection = '';

  #since = new Task(this, {
    task: async ([collection, {id}, {version, workflow: name}]) => {
      const [{items}, {events}] = await Promise.all([
        get<{items: {seq: number; type: string; at: string; actor: string}[]}>(`/${collection}/${id}/entries`),
        workflow(name)]);
      return items.filter(({seq}) => seq >= version)
        .map((entry) => ({...entry, label: events.find(({name: event}) => event === entry.type)?.label ?? entry.type}));
    },
    args: () => [this.collection, this.newest, this.seen, language()] as const,
  });

  #rows() {
    const people = this.newest.data.people;
    return differences(this.seen.data, this.newest.data).map(({path, before, after}) => html`<tr>
      <th scope="row">${path.slice(-2).map(labelOfMember).join(' · ')}</th>
      <td>${valueText(before, people)}</td><td>${valueText(after, people)}</td></tr>`);
  }

  override render() {
    const {seen, newest} = this;
    const {people} = newest.data;
    const since = this.#since.value ?? [];
    return html`<wa-callout variant="warning" class="conflict" role="alert"><strong>${t('conflict.title')}</strong>
      ${since.length ? html`<ul>${since.map(({label, actor, at}) => html`<li>${moment(at)}
        <strong>${valueText(actor, people)}</strong> ${label}</li>`)}</ul>` : nothing}
      <div class="scrolling" tabindex="0" role="region" aria-label=${t('conflict.title')}><table>
        <thead><tr><td></td><th scope="col">${t('conflict.seen')}</th>
          <th scope="col">${t('conflict.now')}</th></tr></thead>
        <tbody><tr><th scope="row">${t('state')}</th><td>${seen.state_label}</td><td>${newest.state_label}</td></tr>
          ${this.#rows()}</tbody></table></div>
      <p>${t('conflict.go_on')}</p></wa-callout>`;
  }
}
