// One violation: what was not met, by which clause, at which permit, who found it; enforcement confirms or dismisses
// it.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../parts/actions';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {type Key, language, pick, t} from '../text/text';
import {exactly} from '../text/time';
import {historyPath, named, personIn} from './shared';

const stamps = ['recorded', 'confirmed', 'dismissed'] as const;

@customElement('sg-violation')
export class Violation extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #violation = new Task(this, {
    task: ([id]) => get<Instance>(`/violations/${id}`),
    args: () => [this.parameters.id, language()] as const,
  });

  #facts({data, ...one}: Instance) {
    const told = {...one, data} as Instance;
    const rows: [Key, unknown][] = [
      ['field.area', named('area', data.area)],
      ['field.unit', named('unit', data.unit)],
      ['field.owner_unit', named('unit', data.owner_unit)],
      ['violation.permit', data.permit ? html`<a
        href="/console/permits/${data.permit}">${t('violation.see_permit')}</a>` : t('inspection.no_permit')],
      ['violation.inspection', data.inspection
        ? html`<a href="/console/inspections/${data.inspection}">${t('violation.see_inspection')}</a>` : '–'],
      ['violation.found_by', data.inspector ? personIn(told, data.inspector) : '–'],
    ];
    return html`<dl class="facts">${rows.map(([label, value]) =>
      html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  #stamps(one: Instance) {
    const made = stamps.map((name) => [name, one.data[name]] as const).filter(([, told]) => told);
    return html`<ol class="history">${made.map(([name, told]) => html`<li>
      <time datetime=${told.at}>${exactly(told.at)}</time><strong>${t(`violation.${name}`)}</strong>
      <span>${personIn(one, told.by)}</span>${told.reason || told.note ? html`<span>${told.reason ?? told.note}</span>`
        : nothing}</li>`)}</ol>`;
  }

  override render() {
    return shown(this.#violation, (one) => html`
      <div class="row"><h1>${one.data.address}</h1>${badge(one.state, one.state_label)}</div>
      <section class="card"><h2>${t('violation.items')}</h2>
        <ul class="findings">${one.data.items.map((item: any) => html`<li class="finding"><span
          class="finding-title">${pick(item)}</span>
          <span class="clause">${item.clause}</span></li>`)}</ul></section>
      <section class="card"><h2>${t('violation.about')}</h2>${this.#facts(one)}</section>
      ${one.state === 'Recorded' ? html`<section class="card"><h2>${t('permit.next')}</h2>
        <sg-actions collection="violations" .instance=${one} @done=${() =>
          this.#violation.run()}></sg-actions></section>` : nothing}
      <section class="card"><h2>${t('permit.history')}</h2>${this.#stamps(one)}
        <p><a href=${historyPath('violations', one.id)}>${t('history.link')}</a></p></section>`);
  }
}
