// One permit: how it stands, what can be done next and why not, the application, and its history.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../parts/actions';
import {badge} from '../parts/badge';
import '../parts/countdown';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {language, maybe, t} from '../text/text';
import {exactly, moment, span} from '../text/time';

interface Entry {
  seq: number;
  type: string;
  to: string;
  at: string;
  actor: string;
}

@customElement('sg-permit')
export class Permit extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #permit = new Task(this, {
    task: ([id]) => get<Instance>(`/permits/${id}`),
    args: () => [this.parameters.id, language()] as const,
  });
  #entries = new Task(this, {
    task: async ([id]) => (await get<{items: Entry[]}>(`/permits/${id}/entries`)).items,
    args: () => [this.parameters.id, this.#permit.value?.version] as const,
  });

  #head(permit: Instance) {
    return html`<div class="row"><h1>${permit.data.number ?? t('permit.draft')}</h1>${badge(permit.state, permit.state_label)}</div>
      <p class="lead">${permit.data.work}</p>
      <p class="muted">${permit.data.place?.address} · ${span(permit.data.starts, permit.data.ends)}</p>`;
  }

  #facts(permit: Instance) {
    const rows = Object.entries(permit.data).filter(([, value]) => typeof value !== 'object');
    return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${maybe(`field.${name}`, name)}</dt>
      <dd>${typeof value === 'boolean' ? t(value ? 'yes' : 'no') : maybe(`option.${value}`, String(value))}</dd></div>`)}</dl>`;
  }

  #history() {
    return shown(this.#entries, (entries) => html`<ol class="history">${entries.map((entry) => html`<li>
      <time datetime=${entry.at} title=${exactly(entry.at)}>${moment(entry.at)}</time>
      <span>${maybe(`event.${entry.type}`, entry.type)}</span><span class="muted">${entry.to}</span></li>`)}</ol>`);
  }

  override render() {
    return shown(this.#permit, (permit) => html`${this.#head(permit)}
      <section class="card"><h2>${t('permit.next')}</h2>
        <sg-actions collection="permits" .instance=${permit} @done=${() => this.#permit.run()}></sg-actions></section>
      <section class="card"><h2>${t('permit.facts')}</h2>${this.#facts(permit)}</section>
      <section class="card"><h2>${t('permit.history')}</h2>${this.#history()}</section>${nothing}`);
  }
}
