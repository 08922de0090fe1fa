// One rule pack: figures, grades, approvals, rules and checklists, each with its clause and whether it was verified;
// how it differs from the one in force, what would have been decided otherwise, and putting it into force.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../parts/actions';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {language, pick, t} from '../text/text';
import './pack-diff';
import {packView} from './pack-view';
import './pack-trial';
import {isInForce, type PackRow} from './packs';

@customElement('sg-pack')
export class Pack extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #told = new Task(this, {
    task: async ([digest]) => {
      const [{pack}, {items}] = await Promise.all([get<{pack: any}>(`/packs/${digest}`),
        get<{items: PackRow[]}>('/packs')]);
      const row = items.find((one) => one.digest === digest);
      const instance = row?.instance ? await get<Instance>(`/packs/${row.instance}`) : null;
      return {pack, row, instance};
    },
    args: () => [this.parameters.id, language()] as const,
  });

  override render() {
    const digest = this.parameters.id;
    return html`<p><a href="/console/manage/packs">${icon('back')} ${t('history.back')}</a></p>
      ${shown(this.#told, ({pack, row, instance}) => html`<h1>${pick(pack)}</h1>
        <p class="muted">${pack.id} ${pack.version} <code>${digest}</code></p>
        ${row && !isInForce(row) ? html`<sg-pack-diff digest=${digest}></sg-pack-diff><sg-pack-trial
          digest=${digest}></sg-pack-trial>`
          : html`<wa-callout variant="success">${icon('check')} ${t('packs.in_force_about')}</wa-callout>`}
        ${instance ? html`<section class="card"><h2>${t('permit.next')}</h2><sg-actions collection="packs"
          .instance=${instance}
          @done=${() => this.#told.run()}></sg-actions></section>` : nothing}
        ${packView(pack)}`, 8)}`;
  }
}
