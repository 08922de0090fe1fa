// Counts of a quarter that is over, to be published: small ones are hidden by the service.
import {html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {choice} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {language, t} from '../text/text';
import {type Counted, statistics} from './reports';

/** The last quarters that are over, the newest first: "2026-Q3". */
export function quartersBefore(now: Date, many = 8): string[] {
  const last = now.getFullYear() * 4 + Math.floor(now.getMonth() / 3) - 1;
  return Array.from({length: many}, (_, i) => `${Math.floor((last - i) / 4)}-Q${((last - i) % 4) + 1}`);
}

const table = (title: string, rows: Counted[]) => html`<section class="card"><table class="counts">
  <caption>${title}</caption>${rows.map(({label, number}) => html`<tr><th scope="row">${label}</th>
    <td>${number ?? html`<span title=${t('intake.hidden')}>•</span>`}</td></tr>`)}</table></section>`;

@customElement('sg-intake-statistics')
export class Statistics extends Part {
  @state() private quarter = quartersBefore(new Date())[0];

  #counted = new Task(this, {task: ([quarter]) => statistics(quarter), args: () => [this.quarter, language()] as const});

  override render() {
    return html`<p><a href="/console/intake">${icon('back')} ${t('intake.title')}</a></p>
      <h1>${t('intake.statistics')}</h1>
      <div class="row filters">${choice({label: t('intake.quarter'), value: this.quarter,
        options: quartersBefore(new Date()).map((value) => ({value, label: value})),
        choose: (quarter) => (this.quarter = quarter)})}</div>
      ${shown(this.#counted, (counted) => counted.shown ? html`<p>${t('intake.all', {n: counted.all})}</p>
        <div class="tables">${table(t('intake.by_category'), counted.by_category)}
          ${table(t('intake.by_state'), counted.by_state)} ${table(t('intake.by_clock'), counted.by_clock)}</div>
        <p class="muted">${t('intake.hidden')}</p>`
        : empty('report', t('intake.too_few')))}`;
  }
}
