// Permits at the place and time of a report, and the step that sends an inspector there.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {areaOptions, choice} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {moment} from '../text/time';
import type {Chosen} from './act-form';
import {type PermitThere, permitsThere, type Report} from './reports';

/** Tells "handoff" with what the officer wants inspected. */
@customElement('sg-intake-there')
export class There extends Part {
  @property({attribute: false}) report!: Report;
  @state() private area?: string;
  @state() private address = '';

  #areas = new Task(this, {
    task: async () => (await get<{items: Instance[]}>('/areas?limit=200')).items,
    args: () => [language()] as const,
  });
  #area = () => this.area ?? this.report.report?.area ?? '';
  #found = new Task(this, {
    task: async ([id, area]): Promise<PermitThere[]> => (area ? await permitsThere(id, area) : []),
    args: () => [this.report.id, this.#area(), language()] as const,
  });

  #handOff(details: Chosen['details'], about = '') {
    this.dispatchEvent(new CustomEvent('handoff', {detail: {details, about}}));
  }

  #areaName = (code: string) => this.#areas.value?.find(({data}) => data.code === code)?.data.name ?? code;

  #row = (one: PermitThere, may: boolean) => html`<li class="item"><span class="item-head">
      <a href="/console/permits/${one.id}"><strong>${one.number ?? one.id}</strong></a>${badge(one.state, one.state_label)}
      ${one.live ? html`<strong>${t('intake.live')}</strong>` : nothing}</span>
    <span>${one.address}</span><span class="muted">${moment(one.starts)} – ${moment(one.ends)}</span>
    ${may ? html`<wa-button size="s" appearance="outlined" data-inspect=${one.id}
      @click=${() => this.#handOff({permit: one.id}, one.number)}>${icon('inspect')} ${t('intake.inspect')}</wa-button>`
      : nothing}</li>`;

  #refer(found: PermitThere[]) {
    const area = this.#area(), address = this.address.trim();
    return html`<p class=${found.some(({live}) => live) ? 'muted' : ''}>${t(found.some(({live}) => live)
        ? 'intake.other_place' : 'intake.none_live')}</p>
      <wa-input label=${t('intake.address')} hint=${t('intake.address_own')} maxlength="200" .value=${this.address}
        @input=${(event: any) => (this.address = event.target.value)}></wa-input>
      <div class="row end"><wa-button data-inspect="place" ?disabled=${!address}
        @click=${() => this.#handOff({area, address}, this.#areaName(area))}>${icon('inspect')} ${t('intake.inspect_place')}</wa-button></div>`;
  }

  override render() {
    const may = this.report.next.some(({name}) => name === 'hand_off');
    return html`<section class="card stack"><h2>${t('intake.there')}</h2>
      ${choice({label: t('field.area'), value: this.#area(), any: t('intake.choose_area'),
        options: areaOptions(this.#areas.value), choose: (area) => (this.area = area)})}
      ${shown(this.#found, (found) => html`${found.length ? html`<ul class="items">${found.map((one) =>
        this.#row(one, may))}</ul>` : nothing}${may && this.#area() ? this.#refer(found) : nothing}`, 2)}</section>`;
  }
}
