// One item of an inspection's checklist: pass, fail or not applicable; a failure with what was seen. Kept at once.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import '../form/photo-field';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {newKey, send} from '../service/send';
import {maybe, pick, t} from '../text/text';
import {clock} from '../text/time';

export interface Item {
  code: string;
  clause: string;
  severity: string;
  zh: string;
  en: string;
  verified?: boolean;
}

interface Result {
  result: string;
  note?: string;
  photos?: string[];
  by: string;
  at: string;
}

const results = ['pass', 'fail', 'not_applicable'] as const;

@customElement('sg-checklist-item')
export class ChecklistItem extends Part {
  @property() inspection = '';
  @property({attribute: false}) item!: Item;
  @property({attribute: false}) result?: Result;
  @property() by = '';
  @property({type: Boolean}) editable = false;
  @state() private failing = false; // what was seen is being written
  @state() private note = '';
  @state() private photos: string[] = [];
  @state() private busy = '';
  @state() private problem: unknown;

  #choose(result: string) {
    if (result === 'fail') {
      this.failing = true;
      this.note = this.result?.note ?? '';
      this.photos = this.result?.photos ?? [];
    } else {
      void this.#record({result});
    }
  }

  async #record(told: Record<string, unknown>) {
    this.busy = String(told.result);
    this.problem = undefined;
    try {
      const payload = {results: [{item: this.item.code, ...told}]};
      await send({collection: 'inspections', id: this.inspection, event: 'record', payload}, newKey());
      this.failing = false;
      this.dispatchEvent(new CustomEvent('recorded'));
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
  }

  #fail(event: SubmitEvent) {
    event.preventDefault();
    void this.#record({result: 'fail', ...(this.note.trim() ? {note: this.note.trim()} : {}),
      ...(this.photos.length ? {photos: this.photos} : {})});
  }

  #failForm() {
    return html`<form class="stack" @submit=${this.#fail}>
      <wa-textarea label=${t('inspection.seen_there')} rows="2" resize="auto" maxlength="2000" .value=${this.note}
        @input=${(e: any) => (this.note = e.target.value)}></wa-textarea>
      <sg-photos label=${t('field.photos')} .value=${this.photos} @change=${(e: CustomEvent) =>
        (this.photos = e.detail)}></sg-photos>
      <div class="row"><wa-button type="submit" variant="danger"
        ?loading=${this.busy === 'fail'}>${t('inspection.record_fail')}</wa-button>
        <wa-button type="button" appearance="plain" @click=${() =>
          (this.failing = false)}>${t('cancel')}</wa-button></div></form>`;
  }

  #found() {
    const {result} = this;
    if (!result) return nothing;
    return html`<p class="found ${result.result}">${this.editable ? nothing
      : html`<strong>${maybe(`option.${result.result}`, result.result)}</strong> ·`}
        ${result.note ?? ''} <span class="muted">${this.by} ${clock(result.at)}</span></p>
      ${result.photos?.length ? html`<div class="photos">${result.photos.map((photo, i) => html`<figure>
        <img src="/api/v1/photos/${photo}/display" alt=${t('photo.n', {n: i + 1})}></figure>`)}</div>` : nothing}`;
  }

  override render() {
    const {item} = this, chosen = this.failing ? 'fail' : this.result?.result, label = pick(item);
    return html`<div class="check" data-item=${item.code}>
      <p><strong>${label}</strong> <span class="clause">${item.clause}</span>
        ${item.severity === 'violation' && (this.editable || chosen === 'fail') ? html`<span
          class="bad">${icon('violation')}
          ${t('inspection.is_violation')}</span>` : nothing}</p>
      ${this.editable ? html`<div class="result-choices" role="group" aria-label=${label}>${results.map((result) =>
        html`<button type="button"
        class=${result} aria-pressed=${chosen === result} ?disabled=${!!this.busy} @click=${() => this.#choose(result)}>
        ${maybe(`option.${result}`, result)}</button>`)}</div>` : nothing}
      ${this.failing ? this.#failForm() : this.#found()} ${problemView(this.problem)}</div>`;
  }
}
