// One report: what was said by both sides, what was done, and what can be done next.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {language, t} from '../text/text';
import {moment} from '../text/time';
import './act-form';
import type {Chosen} from './act-form';
import './export';
import './file';
import './gate';
import {type HandOff, type Report, report, reports, type Said, type Standing, standing, type Step, type Summary}
  from './reports';
import './there';

interface Found {
  standing: Standing;
  report: Report | null; // null: locked
  others: Summary[];
}

@customElement('sg-intake-report')
export class IntakeReport extends Part {
  @property({attribute: false}) parameters!: {id: string};
  @state() private chosen: Chosen | null = null;

  #found = new Task(this, {
    task: async ([id]): Promise<Found> => {
      const now = await standing();
      if (!now.unlocked) return {standing: now, report: null, others: []};
      const [one, all] = await Promise.all([report(id), reports()]);
      return {standing: now, report: one, others: all.filter((other) => other.id !== id && !other.ended)};
    },
    args: () => [this.parameters.id, language()] as const,
  });

  // The form stays until what can be done next is known: no button moves away under a finger.
  async #done() {
    await this.#found.run();
    this.chosen = null;
  }

  #who(by: string, {roster}: Standing) {
    if (by === 'source' || !by) return t('intake.source');
    return roster.officers?.find(({id}) => id === by)?.name ?? (by === 'system' ? t('by_system') : t('intake.former'));
  }

  #said(said: Said, where: Standing) {
    const {content} = said;
    return html`<li class="said ${said.direction} ${said.kind}"><p class="muted">
      ${this.#who(said.author, where)} · ${said.day} ${said.kind === 'note' ? t('intake.note_only') : nothing}</p>
      ${said.kind === 'file' ? html`<sg-intake-file .content=${content}
          .path=${`/api/v1/intake/reports/${this.parameters.id}/files/${said.sequence}`}></sg-intake-file>`
        : html`<p class="words">${content.text}</p>${this.#withIt(content)}`}</li>`;
  }

  #withIt({type, report: other, fine, reward}: Said['content']) {
    if (other) {
      return html`<p><a href="/console/intake/${other}">${t(type === 'merged' ? 'intake.merged_from'
        : 'intake.merged_into')}</a></p>`;
    }
    return fine === undefined && reward === undefined ? nothing : html`<p>${fine === undefined ? nothing
      : t('intake.fine_is', {yuan: fine})} ${reward === undefined ? nothing : t('intake.reward_is', {yuan: reward})}</p>`;
  }

  #step(step: Step, where: Standing) {
    return html`<li><strong>${step.label ?? step.event}</strong> <span>${this.#who(step.by, where)}</span></li>`;
  }

  #next({report: one, standing: where, others}: Found) {
    const {chosen} = this;
    if (chosen) {
      return html`<sg-intake-act .report=${one!} .standing=${where} .others=${others} .chosen=${chosen} @done=${this.#done}
        @cancel=${() => (this.chosen = null)}></sg-intake-act>`;
    }
    const offered = one!.next.filter(({name}) => name !== 'hand_off'); // that begins at the place
    return html`<div class="actions">${offered.map((next) => html`<wa-button data-event=${next.name}
      appearance="outlined" @click=${() => (this.chosen = next)}>${next.label}</wa-button>`)}</div>`;
  }

  async #handOff({detail}: CustomEvent<Pick<Chosen, 'details' | 'about'>>) {
    const next = this.#found.value!.report!.next.find(({name}) => name === 'hand_off')!;
    this.chosen = {...next, ...detail};
    await this.updateComplete;
    this.querySelector('sg-intake-act')?.scrollIntoView({block: 'center'});
  }

  #handedOff = ({due, refused, inspection}: HandOff) => {
    if (refused) return html`<li>${t('intake.hand_off_refused', {code: refused})}</li>`;
    if (!inspection) return html`<li>${t('intake.hand_off_due', {time: moment(due)})}</li>`;
    return html`<li><a href="/console/inspections/${inspection.id}">${t('intake.inspection')}</a>
      ${badge(inspection.state, inspection.state_label)}
      ${inspection.failed === undefined ? nothing : t('inspection.failed', {count: inspection.failed})}
      ${inspection.violations.map(({id, state_label: label}) => html`<a href="/console/violations/${id}">
        ${t('intake.violation', {state: label})}</a>`)}</li>`;
  };

  #page(found: Found) {
    const one = found.report!, where = found.standing, told = one.report;
    return html`<p><a href="/console/intake">${icon('back')} ${t('intake.title')}</a></p>
      <div class="row"><h1>${told?.category_label ?? t('intake.report')}</h1>${badge(one.state, one.state_label)}
        ${one.urgent ? html`<strong class="urgent">${t('intake.urgent')}</strong>` : nothing}</div>
      ${one.unproven ? html`<wa-callout variant="danger" role="alert">
        ${t('intake.unproven', {n: one.unproven})}</wa-callout>` : nothing}
      ${told ? html`<section class="card"><dl class="facts">
        <div><dt>${t('field.area')}</dt><dd>${told.area || '–'}</dd></div>
        <div><dt>${t('intake.address')}</dt><dd>${told.address || '–'}</dd></div>
        <div><dt>${t('intake.when')}</dt><dd>${told.when || '–'}</dd></div>
        <div><dt>${t('intake.received_on')}</dt><dd>${one.received}</dd></div>
        <div><dt>${t('intake.due_on')}</dt><dd>${one.due || '–'}</dd></div></dl></section>` : nothing}
      <section class="card"><h2>${t('intake.said')}</h2>
        <ol class="items">${one.said.map((said) => this.#said(said, where))}</ol></section>
      <section class="card"><h2>${t('permit.next')}</h2>${this.#next(found)}</section>
      <sg-intake-there .report=${one} @handoff=${this.#handOff}></sg-intake-there>
      ${one.hand_offs.length ? html`<section class="card"><h2>${t('intake.handed_off')}</h2>
        <ul class="hand-offs">${one.hand_offs.map(this.#handedOff)}</ul></section>` : nothing}
      <sg-intake-export .report=${one}></sg-intake-export>
      <section class="card"><h2>${t('permit.history')}</h2>
        <ol class="history">${one.steps.map((step) => this.#step(step, where))}</ol></section>`;
  }

  override render() {
    return shown(this.#found, (found) => found.report ? this.#page(found)
      : html`<h1>${t('intake.report')}</h1><sg-intake-gate .standing=${found.standing}
        @opened=${() => this.#found.run()}></sg-intake-gate>`, 6);
  }
}
