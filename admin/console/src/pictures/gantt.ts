// A day's permits by place: when each may work, and when it did.
import {html, nothing, svg} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {go} from '../router';
import {now} from '../service/clock';
import {get, query} from '../service/client';
import {k_live, type Permit} from '../service/permits';
import type {Page} from '../service/types';
import {language, t} from '../text/text';
import {clock, span, toLocalInput} from '../text/time';

const k_hour = 3_600_000, k_day = 24 * k_hour;
const k_most_pages = 5; // of 200
const k_width = 960, k_left = 150, k_row = 30, k_top = 26, k_bar = 20;
const k_letters = 10; // of an address beside its row
const k_shown_states = [...k_live, 'UnderReview', 'Closed', 'Expired', 'Revoked'];
const k_work_states = ['InProgress', 'Suspended', 'FireWatch'];

interface Stretch {
  state: string;
  from: number;
  until: number;
}

/** How long it was at work, suspended and watched. */
export function stretchesOf(permit: Permit, until: number): Stretch[] {
  const stays = permit.data.states ?? [];
  return stays.map(({state, since}, i) => ({state, from: Date.parse(since),
    until: i + 1 < stays.length ? Date.parse(stays[i + 1].since) : until}))
    .filter(({state}) => k_work_states.includes(state));
}

const startOfDay = (date: string) => new Date(`${date}T00:00`).getTime();

/** Those of one place together, places by their earliest permit. */
function byPlace(permits: Permit[]): [string, Permit[]][] {
  const places = new Map<string, Permit[]>();
  const startOf = ({data}: Permit) => Date.parse(data.application.starts);
  for (const permit of [...permits].sort((a, b) => startOf(a) - startOf(b))) {
    const {address} = permit.data.application.place;
    places.set(address, [...(places.get(address) ?? []), permit]);
  }
  return [...places];
}

@customElement('sg-gantt')
export class Gantt extends Part {
  @property() area = '';
  @state() private date = toLocalInput(now()).slice(0, 10);

  #day = new Task(this, {
    task: async ([date, area], {signal}) => {
      const from = startOfDay(date);
      const filter = {from: new Date(from).toISOString(), until: new Date(from + k_day).toISOString(), area,
        limit: 200};
      const all: Permit[] = [];
      let cursor: string | null = '';
      for (let page = 0; cursor !== null && page < k_most_pages; ++page) {
        const answer: Page<Permit> = await get('/permits' + query({...filter, cursor}), signal);
        all.push(...answer.items.filter(({state}) => k_shown_states.includes(state)));
        cursor = answer.next_cursor;
      }
      return {permits: all, isAll: cursor === null};
    },
    args: () => [this.date, this.area, language()] as const,
  });

  #x(at: number) {
    const share = (at - startOfDay(this.date)) / k_day;
    return k_left + Math.max(0, Math.min(1, share)) * (k_width - k_left);
  }

  #bar(permit: Permit, row: number) {
    const {starts, ends, work} = permit.data.application;
    const y = k_top + row * k_row + (k_row - k_bar) / 2;
    const [from, until] = [this.#x(Date.parse(starts)), this.#x(Date.parse(ends))];
    const href = `/console/review/${permit.id}`;
    return svg`<a href=${href} @click=${(event: Event) => {
      event.preventDefault();
      go(`review/${permit.id}`);
    }} aria-label=${`${permit.data.number} ${permit.state_label} ${work} ${span(starts, ends)}`}>
      <title>${permit.data.number} · ${permit.state_label} · ${work} · ${span(starts, ends)}</title>
      <rect class="window" data-state=${permit.state} x=${from} y=${y} width=${Math.max(3, until - from)}
        height=${k_bar} rx="4"></rect>
      ${stretchesOf(permit, now()).map((one) => svg`<rect class="stretch" data-state=${one.state} x=${this.#x(one.from)}
        y=${y + 5}
        width=${Math.max(2, this.#x(one.until) - this.#x(one.from))} height=${k_bar - 10}></rect>`)}
      ${until - from > 90 ? svg`<text x=${from + 5} y=${y + k_bar / 2}
        dominant-baseline="central">${permit.data.number.slice(-5)}</text>` : nothing}
    </a>`;
  }

  #hours(height: number) {
    return Array.from({length: 13}, (_, n) => {
      const x = k_left + (n / 12) * (k_width - k_left);
      return svg`<line class="hour" x1=${x} x2=${x} y1=${k_top} y2=${height}></line>
        ${n < 12 ? svg`<text class="hour-label" x=${x + 3} y="16">${String(n * 2).padStart(2, '0')}</text>` : nothing}`;
    });
  }

  #now(height: number) {
    const at = now();
    if (at < startOfDay(this.date) || at > startOfDay(this.date) + k_day) return nothing;
    return svg`<line class="now" x1=${this.#x(at)} x2=${this.#x(at)} y1=${k_top} y2=${height}></line>`;
  }

  #picture(permits: Permit[]) {
    const places = byPlace(permits);
    const rows = places.flatMap(([address, there]) => there.map((permit, i) => ({address: i ? '' : address, permit})));
    const height = k_top + rows.length * k_row;
    const short = (text: string) => (text.length > k_letters ? `${text.slice(0, k_letters)}…` : text);
    return html`<div class="scrolling" tabindex="0" role="region" aria-label=${t('gantt.title')}>
      <svg class="gantt" viewBox="0 0 ${k_width} ${height + 4}" role="group" aria-label=${t('gantt.title')}>
        ${this.#hours(height)}
        ${rows.map(({address}, n) => svg`${address
          ? svg`<line class="place" x1="0" x2=${k_width} y1=${k_top + n * k_row} y2=${k_top + n * k_row}></line>
          <text x="4" y=${k_top + (n + 0.5) * k_row} dominant-baseline="central">${short(address)}</text>` : nothing}`)}
        ${rows.map(({permit}, n) => this.#bar(permit, n))} ${this.#now(height)}</svg></div>
      <p class="legend">${[['window', 'gantt.window'], ['InProgress', 'gantt.work'], ['Suspended', 'gantt.stopped'],
        ['FireWatch', 'gantt.watched']]
        .map(([state, key]) => html`<span><span class="swatch" data-state=${state}></span>
          ${t(key as 'gantt.work')}</span>`)}</p>
      <wa-details summary=${t('path.words')}><ul>${places.map(([address, there]) => html`<li>${address}
        <ul>${there.map((permit) => html`<li>${permit.data.number} ${permit.state_label}
          ${span(permit.data.application.starts, permit.data.application.ends)}
          ${stretchesOf(permit, now()).map(({from, until}) => html`<span
            class="muted">${clock(from)}–${clock(until)}</span> `)}</li>`)}</ul></li>`)}
      </ul></wa-details>`;
  }

  #move(days: number) {
    this.date = toLocalInput(startOfDay(this.date) + days * k_day + 12 * k_hour).slice(0, 10);
  }

  override render() {
    return html`<section class="card"><h2>${t('gantt.title')}</h2>
      <div class="row filters">
        <wa-button size="s" appearance="outlined" @click=${() => this.#move(-1)}>${icon('back')}
          <span class="visually-hidden">${t('gantt.before')}</span></wa-button>
        <wa-input type="date" size="s" label=${t('gantt.day')} .value=${this.date}
          @change=${(e: any) => e.target.value && (this.date = e.target.value)}></wa-input>
        <wa-button size="s" appearance="outlined" @click=${() => this.#move(1)}>${icon('forward')}
          <span class="visually-hidden">${t('gantt.after')}</span></wa-button>
      </div>
      ${shown(this.#day, ({permits, isAll}) => html`${permits.length ? this.#picture(permits)
        : empty('clock', t('gantt.none'))}
        ${isAll ? nothing : html`<p class="muted">${t('gantt.cut', {n: permits.length})}</p>`}`)}</section>`;
  }
}
