// The areas as the tree that they are: county, town, village, grid; a new one below any of them.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import type {Instance} from '../service/types';
import {language, maybe, t} from '../text/text';
import './register-form';
import {everyRecord} from '../service/records';

const levels = ['county', 'town', 'village', 'grid'];
const below = (level: string) => levels[levels.indexOf(level) + 1];
const byCode = (one: Instance, other: Instance) => (one.data.code < other.data.code ? -1 : 1);

@customElement('sg-areas')
export class Areas extends Part {
  @state() private adding: Record<string, string> | null = null; // what is known of the new one
  #all = new Task(this, {
    task: async () => (await everyRecord('areas')).filter(({state}) => state !== 'Revoked').sort(byCode),
    args: () => [language()] as const,
  });

  #node(area: Instance, all: Instance[]): TemplateResult {
    const {code, name, level} = area.data, inside = all.filter(({data}) => data.parent === code), next = below(level);
    return html`<li><div class="row area"><a href="/console/manage/areas/${area.id}"><strong>${name}</strong></a>
        <span class="muted">${code} · ${maybe(`level.${level}`, level)}${area.state === 'Valid' ? nothing : html` ·
          ${area.state_label}`}</span>
        ${next ? html`<wa-button size="s" appearance="plain" @click=${() =>
          (this.adding = {parent: code, level: next})}>${icon('add')}
          <span class="visually-hidden">${t('areas.add_below', {name})}</span></wa-button>` : nothing}</div>
      ${inside.length ? html`<ul>${inside.map((one) => this.#node(one, all))}</ul>` : nothing}</li>`;
  }

  #tree(all: Instance[]) {
    const codes = new Set(all.map(({data}) => data.code));
    const roots = all.filter(({data}) => !codes.has(data.parent));
    return roots.length ? html`<ul class="card tree">${roots.map((one) => this.#node(one, all))}</ul>` : empty('place',
      t('areas.none'));
  }

  override render() {
    return html`<div class="row"><h1>${t('areas.title')}</h1><span class="spring"></span>
        <wa-button variant="brand" @click=${() => (this.adding = {level: 'county'})}>${icon('add')}
          ${t('areas.add')}</wa-button></div>
      ${shown(this.#all, (all) => this.#tree(all), 6)}
      ${this.adding ? html`<sg-register-form workflow="area" collection="areas" label=${t('areas.add')}
        .payload=${this.adding}
        @registered=${() => {
          this.adding = null;
          void this.#all.run();
        }} @closed=${() => (this.adding = null)}></sg-register-form>` : nothing}`;
  }
}
