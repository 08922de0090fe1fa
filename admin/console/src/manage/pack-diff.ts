// How a pack differs from the one in force, item by item.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {mark} from '../parts/badge';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {get} from '../service/client';
import {language, maybe, pick, t} from '../text/text';

interface Change {
  section: string;
  key: string;
  change: 'added' | 'removed' | 'changed';
  clause?: string;
  zh?: string;
  en?: string;
  members: string[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

interface Diff {
  against: {id: string; version: string; digest: string};
  counts: {added: number; removed: number; changed: number};
  changes: Change[];
}

const variants = {added: 'success', removed: 'danger', changed: 'warning'} as const;
const told = (value: unknown) => value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

const memberView = ({before, after}: Change, name: string) => html`<div class="change"><code>${name}</code>
  <del>${told(before?.[name])}</del> → <ins>${told(after?.[name])}</ins></div>`;

const changeView = (change: Change) => html`<li class="item"><span
  class="item-head"><strong>${pick(change, change.key)}</strong>
    ${mark(variants[change.change], t(`diff.${change.change}`))}</span>
  <span class="muted">${maybe(`pack.${change.section}`, change.section)} · ${change.key} <span
    class="clause">${change.clause ?? ''}</span></span>
  ${change.change === 'changed' ? change.members.map((name) => memberView(change, name)) : nothing}</li>`;

@customElement('sg-pack-diff')
export class PackDiff extends Part {
  @property() digest = '';
  #diff = new Task(this, {task: ([digest]) => get<Diff>(`/packs/${digest}/diff`), args: () => [this.digest,
    language()] as const});

  override render() {
    return html`<section class="card"><h2>${t('diff.title')}</h2>${shown(this.#diff, ({against, counts, changes}) =>
      html`
      <p>${t('diff.against', {version: against.version})} ${t('diff.counts', counts)}</p>
      <ul class="items">${changes.map(changeView)}</ul>`)}</section>`;
  }
}
