// The rule packs: which version is in force for new applications, which wait or are past; a new one by upload.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import {mark} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {go} from '../router';
import {ask, get} from '../service/client';
import {newKey} from '../service/send';
import {hasRole} from '../service/session';
import {language, maybe, pick, t} from '../text/text';
import {exactly} from '../text/time';

export interface PackRow {
  id: string;
  version: string;
  digest: string;
  latest: boolean;
  zh?: string;
  en?: string;
  in_force?: boolean;
  built_in?: boolean;
  instance?: string | null;
  state?: 'Draft' | 'Activated' | 'Discarded' | null;
  activations?: {from: string; at: string}[];
}

export const isInForce = (row: PackRow) => row.in_force ?? row.latest;

const packRow = (row: PackRow) => html`<li><a class="item" href="/console/manage/packs/${row.digest}">
  <span class="item-head"><strong>${pick(row, row.id)}</strong>
    ${isInForce(row) ? mark('success', t('packs.in_force'))
      : mark(row.state === 'Draft' ? 'brand' : 'neutral', maybe(`pack_state.${row.state}`, t('packs.past')))}</span>
  <span>${row.id} ${row.version} <code class="muted">${row.digest.slice(0, 16)}</code></span>
  ${row.activations?.map(({from}) => html`<span class="muted">${t('packs.from',
    {at: exactly(from)})}</span>`)}</a></li>`;

@customElement('sg-packs')
export class Packs extends Part {
  @state() private share: number | null = null; // of the upload, 0 to 1
  @state() private problem: unknown;
  #all = new Task(this, {task: async () => (await get<{items: PackRow[]}>('/packs')).items, args: () =>
    [language()] as const});

  async #upload(event: Event) {
    const input = event.target as HTMLInputElement, file = input.files?.[0];
    if (!file) return;
    this.problem = undefined;
    this.share = 0;
    try {
      const bytes = new Blob([file], {type: 'application/json'});
      const {data} = await ask<{digest: string}>('POST', '/packs', {bytes, key: newKey(),
        onProgress: (sent, all) => (this.share = sent / all)});
      go(`manage/packs/${data.digest}`);
    } catch (error) {
      this.problem = error;
    }
    this.share = null;
    input.value = '';
  }

  override render() {
    return html`<div class="row"><h1>${t('packs.title')}</h1><span class="spring"></span>
        ${hasRole('admin') ? html`<label class="upload">${icon('add')} ${t('packs.upload')}
          <input type="file" accept=".json,application/json" @change=${this.#upload}></label>` : nothing}</div>
      <p class="muted">${t('packs.about')}</p>
      ${this.share === null ? nothing : html`<wa-progress-bar label=${t('packs.uploading')}
        value=${Math.round(this.share * 100)}></wa-progress-bar>`}
      ${problemView(this.problem)}
      ${shown(this.#all, (items) => items.length ? html`<ul class="items">${items.map(packRow)}</ul>` : empty('rules',
        t('packs.none')))}`;
  }
}
