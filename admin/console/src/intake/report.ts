// One report: what was said by both sides, what was done, and what can be done next.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import {badge} from '../parts/badge';
import {choice} from '../parts/choice';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {Trying} from '../parts/trying';
import {language, t} from '../text/text';
import './gate';
import {handle, type Next, type Report, report, type Said, type Standing, standing, type Step} from './reports';

interface Found {
  standing: Standing;
  report: Report | null; // null: locked
}

@customElement('sg-intake-report')
export class IntakeReport extends Trying {
  @property({attribute: false}) parameters!: {id: string};
  @state() private chosen: Next | null = null;
  @state() private words: Record<string, string> = {};

  #found = new Task(this, {
    task: async ([id]): Promise<Found> => {
      const now = await standing();
      return {standing: now, report: now.unlocked ? await report(id) : null};
    },
    args: () => [this.parameters.id, language()] as const,
  });

  #choose(next: Next | null) {
    this.chosen = next;
    this.words = {};
    this.problem = undefined;
  }

  async #send(event: SubmitEvent) {
    event.preventDefault();
    const chosen = this.chosen!;
    if (this.busy) return;
    // The form stays until what can be done next is known: no button moves away under a finger.
    const done = await this.attempt(async () => {
      await handle(this.parameters.id, chosen.name, this.words);
      await this.#found.run();
    });
    if (done) this.#choose(null);
  }

  #who(by: string, {roster}: Standing) {
    if (by === 'source' || !by) return t('intake.source');
    return roster.officers?.find(({id}) => id === by)?.name ?? (by === 'system' ? t('by_system') : t('intake.former'));
  }

  #said(said: Said, where: Standing) {
    const {content} = said;
    return html`<li class="said ${said.direction} ${said.kind}"><p class="muted">
      ${this.#who(said.author, where)} · ${said.day} ${said.kind === 'note' ? t('intake.note_only') : nothing}</p>
      ${said.kind === 'file' ? html`<p><a href="/api/v1/intake/reports/${this.parameters.id}/files/${said.sequence}"
          download>${icon('download')} ${t('intake.file', {kib: Math.ceil((content.bytes ?? 0) / 1024)})}</a>
          <span class="muted">${content.name}</span></p>`
        : html`<p class="words">${content.text}</p>`}</li>`;
  }

  #step(step: Step, where: Standing) {
    return html`<li><strong>${step.label ?? step.event}</strong> <span>${this.#who(step.by, where)}</span></li>`;
  }

  #text(name: 'text' | 'note', label: string, required = false) {
    return html`<wa-textarea label=${label} rows="4" maxlength="4000" ?required=${required}
      .value=${this.words[name] ?? ''}
      @input=${(event: any) => (this.words = {...this.words, [name]: event.target.value})}></wa-textarea>`;
  }

  #form(next: Next, {roster}: Standing) {
    const officers = (roster.officers ?? []).map(({id, name}) => ({value: id, label: name}));
    return html`<form class="stack" data-form=${next.name} @submit=${this.#send}><h3>${next.label}</h3>
      ${next.name === 'assign' ? choice({label: t('intake.to'), value: this.words.officer ?? '', any: '–',
        options: officers, choose: (officer) => (this.words = {...this.words, officer})}) : nothing}
      ${next.says === 'nothing' ? nothing : this.#text('text', t('intake.to_source'), next.says === 'must')}
      ${this.#text('note', t('intake.note'))}
      ${problemView(this.problem)}
      <div class="row end"><wa-button appearance="plain" type="button" @click=${() => this.#choose(null)}>
        ${t('cancel')}</wa-button>
        <wa-button type="submit" variant="brand" ?loading=${this.busy}>${next.label}</wa-button></div></form>`;
  }

  #next(one: Report, where: Standing) {
    if (this.chosen) return this.#form(this.chosen, where);
    return html`<div class="actions">${one.next.map((next) => html`<wa-button data-event=${next.name}
      appearance="outlined" @click=${() => this.#choose(next)}>${next.label}</wa-button>`)}</div>`;
  }

  #page(one: Report, where: Standing) {
    const told = one.report;
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
      <section class="card"><h2>${t('permit.next')}</h2>${this.#next(one, where)}</section>
      <section class="card"><h2>${t('permit.history')}</h2>
        <ol class="history">${one.steps.map((step) => this.#step(step, where))}</ol></section>`;
  }

  override render() {
    return shown(this.#found, ({standing: where, report: one}) => one ? this.#page(one, where)
      : html`<h1>${t('intake.report')}</h1><sg-intake-gate .standing=${where}
        @opened=${() => this.#found.run()}></sg-intake-gate>`, 6);
  }
}
