// Reports that the officer may read, what falls due first.
import {html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {toast} from '../parts/toast';
import {Trying} from '../parts/trying';
import {language, t} from '../text/text';
import './export';
import './gate';
import {inOrder, lock, reports, sealToRoster, standing, type Summary} from './reports';

const row = (one: Summary) => html`<li><a class="item" href="/console/intake/${one.id}">
  <span class="item-head"><strong>${one.report?.category_label ?? t('intake.unreadable')}</strong>
    ${badge(one.state, one.state_label)}</span>
  <span>${one.report ? `${one.report.area} ${one.report.address}` : ''}</span>
  <span class="muted">${t('intake.received', {day: one.received})}
    ${one.due ? html`· <span class=${one.nearness}>${t('intake.due', {day: one.due})}</span>` : nothing}
    ${one.nearness ? html`<strong class=${one.nearness}>${t(`intake.${one.nearness}`)}</strong>` : nothing}
    ${one.urgent ? html`<strong class="urgent">${t('intake.urgent')}</strong>` : nothing}
    ${one.news ? html`<strong>${t('intake.news')}</strong>` : nothing}</span></a></li>`;

@customElement('sg-intake')
export class Intake extends Trying {
  #standing = new Task(this, {task: standing, args: () => [language()] as const});
  #reports = new Task(this, {
    task: async ([isOpen]) => (isOpen ? inOrder(await reports()) : []),
    args: () => [this.#standing.value?.unlocked ?? false, language()] as const,
  });

  async #lock() {
    if (await this.attempt(lock)) await this.#standing.run();
  }

  async #seal() {
    await this.attempt(async () => toast(t('intake.sealed', {...await sealToRoster()})));
  }

  #list() {
    return html`<div class="row end"><a href="/console/intake/statistics">${t('intake.statistics')}</a>
        <wa-button size="s" appearance="outlined" ?loading=${this.busy} @click=${this.#seal}>
          ${icon('people')} ${t('intake.seal')}</wa-button>
        <wa-button size="s" appearance="outlined" data-action="lock" @click=${this.#lock}>
          ${icon('key')} ${t('intake.lock')}</wa-button></div>
      ${problemView(this.problem)}
      ${shown(this.#reports, (all) => all.length ? html`<ul class="items">${all.map(row)}</ul>`
        : empty('report', t('intake.none')))}
      <sg-intake-confirm></sg-intake-confirm>`;
  }

  override render() {
    return html`<h1>${t('intake.title')}</h1>${shown(this.#standing, (found) => html`${found.overdue
      ? html`<wa-callout variant="warning" role="status" data-overdue>${t('intake.overdue', {n: found.overdue})}
        </wa-callout>` : nothing}${found.unlocked ? this.#list()
      : html`<sg-intake-gate .standing=${found} @opened=${() => this.#standing.run()}></sg-intake-gate>`}`)}`;
  }
}
