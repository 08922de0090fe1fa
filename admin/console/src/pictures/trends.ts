// Counts and timeliness over time, for one area or all that the reader oversees.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {choice} from '../parts/choice';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {language, t, type Key} from '../text/text';
import './line-chart';
import {type Counts, daysAgo, k_counted, type Statistics, statistics, timeliness, type Week} from './statistics';

const k_colours: Partial<Record<keyof Counts, string>> = {
  submitted: '--chart-1', approved: '--chart-2', closed: '--chart-3', returned: '--chart-4', rejected: '--chart-5',
    suspended: '--chart-6'};

const k_ranges = [7, 30, 90, 365]; // days

@customElement('sg-trends')
export class Trends extends Part {
  @property() area = '';
  @state() private days = 30;

  #counts = new Task(this, {
    task: ([days, area], {signal}) => statistics(daysAgo(days - 1), daysAgo(0), area, signal),
    args: () => [this.days, this.area, language()] as const,
  });
  #weeks = new Task(this, {
    task: ([area], {signal}) => timeliness(daysAgo(0), area, signal),
    args: () => [this.area, language()] as const,
  });

  #figures({totals, decision_hours, in_time, live, violations}: Statistics) {
    const hours = (value: number | null | undefined) => (typeof value === 'number' ? t('time.hours', {n: value}) : '–');
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);
    const rows: [string, unknown][] = [
      ...k_counted.map((name): [string, unknown] => [t(`count.${name}` as Key), totals[name]]),
      [t('count.live'), sum(live.by_state)], [t('count.violations'), sum(violations)],
      [t('count.median'), hours(decision_hours?.median)], [t('count.p90'), hours(decision_hours?.p90)],
      [t('count.share'), in_time.share === null ? '–' : `${Math.round(in_time.share * 100)} %`]];
    return html`<dl class="figures">${rows.map(([label, value]) => html`
      <div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  #byDay(found: Statistics) {
    const lines = Object.entries(k_colours).map(([name, colour]) => ({label: t(`count.${name}` as Key), colour,
      values: found.days.map((one) => one[name as keyof Counts])}));
    return html`<sg-line-chart label=${t('chart.counts')} .days=${found.days.map(({day}) => day)}
      .lines=${lines}></sg-line-chart>`;
  }

  #byWeek(weeks: Week[]) {
    const lines = [
      {label: t('count.median'), colour: '--chart-1', values: weeks.map(({median}) => median)},
      {label: t('count.p90'), colour: '--chart-4', values: weeks.map(({p90}) => p90)},
      {label: t('count.share'), colour: '--chart-2', values: weeks.map(({share}) => share), percent: true}];
    return html`<sg-line-chart label=${t('chart.timeliness')} .days=${weeks.map(({from}) => from)}
      .lines=${lines}></sg-line-chart>`;
  }

  #byArea({areas}: Statistics) {
    if (!areas.length) return html`<p class="muted">${t('chart.no_areas')}</p>`;
    return html`<div class="scrolling" tabindex="0" role="region" aria-label=${t('chart.areas')}><table class="table">
      <caption>${t('chart.areas')}</caption>
      <thead><tr><th scope="col">${t('field.area')}</th><th scope="col">${t('count.live')}</th><th
        scope="col">${t('count.violations')}</th>
        ${Object.keys(k_colours).map((name) => html`<th scope="col">${t(`count.${name}` as Key)}</th>`)}</tr></thead>
      <tbody>${areas.map(({code, name, totals, live, violations}) => html`<tr><th
        scope="row">${name || code}</th><td>${live}</td><td>${violations}</td>
        ${Object.keys(k_colours).map((counted) =>
          html`<td>${totals[counted as keyof Counts]}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  override render() {
    return html`<section class="card"><h2>${t('chart.title')}</h2>
      <div class="row filters">${choice({label: t('chart.range'), value: String(this.days),
        options: k_ranges.map((n) => ({value: String(n), label: t('time.days', {n})})),
        choose: (days) => (this.days = Number(days))})}</div>
      ${shown(this.#counts, (found) => html`${this.#figures(found)} ${this.#byDay(found)} ${this.#byArea(found)}`)}
      ${shown(this.#weeks, (weeks) => this.#byWeek(weeks))}</section>`;
  }
}
