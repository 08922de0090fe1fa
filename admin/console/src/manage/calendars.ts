// The calendars of working days, a year each: holidays and the days worked instead.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {go} from '../router';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import './register-form';
import {everyRecord} from '../service/records';

const k_warn_days = 45; // before a year begins without its calendar

const countOf = ({data}: Instance, kind: string) => data.days.filter((one: any) => one.kind === kind).length;

const calendarRow = (one: Instance) => html`<li><a class="item" href="/console/manage/calendars/${one.id}">
  <span class="item-head"><strong>${one.data.year}</strong>${badge(one.state, one.state_label)}</span>
  <span>${t('calendars.counts', {holidays: countOf(one, 'holiday'), workdays: countOf(one, 'workday')})}</span>
  ${one.data.estimate ? html`<span class="bad">${t('calendars.estimate')}</span>` : nothing}</a></li>`;

@customElement('sg-calendars')
export class Calendars extends Part {
  @state() private isAdding = false;
  #all = new Task(this, {
    task: async () => (await everyRecord('calendars')).sort((one, other) =>
      Number(other.data.year) - Number(one.data.year)),
    args: () => [language()] as const,
  });

  #missing(all: Instance[]) {
    const soon = String(new Date(Date.now() + k_warn_days * 86_400_000).getFullYear());
    return all.some(({data, state}) => data.year === soon && state === 'Valid') ? nothing
      : html`<wa-callout variant="warning">${t('calendars.missing', {year: soon})}</wa-callout>`;
  }

  override render() {
    return html`<div class="row"><h1>${t('calendars.title')}</h1><span class="spring"></span>
        <wa-button variant="brand" @click=${() => (this.isAdding = true)}>${icon('add')}
          ${t('calendars.add')}</wa-button></div>
      <p class="muted">${t('calendars.about')}</p>
      ${shown(this.#all, (all) => html`${this.#missing(all)} ${all.length
        ? html`<ul class="items">${all.map(calendarRow)}</ul>` : empty('clock', t('calendars.none'))}`)}
      ${this.isAdding ? html`<sg-register-form workflow="calendar" collection="calendars" label=${t('calendars.add')}
        .payload=${{year: String(new Date().getFullYear() + 1), days: [{}]}}
        @registered=${(e: CustomEvent) => go(`manage/calendars/${e.detail}`)} @closed=${() => (this.isAdding = false)}>
        </sg-register-form>` : nothing}`;
  }
}
