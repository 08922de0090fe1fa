// The check right before the start: the pack's list, item by item, each answered; what differs is described.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '../../form/photo-field';
import '../../form/position-field';
import type {Position} from '../../form/position-field';
import {t} from '../../text/text';
import {wordsOf} from '../checklist';
import type {Pack} from '../sources';
import {type Build, Written} from './written';

interface Answer {
  as_permitted: boolean;
  found?: string;
}

const k_most_found = 120; // characters: the whole list must fit into one event

@customElement('sg-pre-start')
export class PreStart extends Written {
  @property({attribute: false}) pack: Pack | null = null;
  @state() private answers: Record<string, Answer> = {};
  @state() private position?: Position;
  @state() private photo?: string;

  protected override written() {
    return {answers: this.answers, photo: this.photo};
  }

  override updated() {
    const codes: string[] = (this.pack?.pre_start ?? []).map((item: any) => item.code);
    const {answers, position, photo} = this;
    const isWhole = codes.length > 0 && position && codes.every((code) => {
      const answer = answers[code];
      return answer && (answer.as_permitted || answer.found);
    });
    const items = codes.map((code) => ({code, ...answers[code]}));
    const build: Build = isWhole ? () => ({items, position, ...(photo ? {photo} : {})}) : null;
    this.tell(build);
  }

  #answer(code: string, answer: Answer) {
    this.answers = {...this.answers, [code]: answer};
  }

  #item({code, clause}: any, n: number) {
    const answer = this.answers[code];
    const choice = (as_permitted: boolean) => html`<label class="reply ${as_permitted ? 'good' : 'bad'}">
      <input type="radio" name="item-${code}" value=${as_permitted} .checked=${answer?.as_permitted === as_permitted}
        @change=${() => this.#answer(code, {as_permitted})}>
      <span>${as_permitted ? t('site.check.fits') : t('site.check.differs')}</span></label>`;
    return html`<fieldset class="check-item"><legend>${n + 1}. ${wordsOf(this.pack?.pre_start, code)}
        <span class="clause">${clause}</span></legend>
      <div class="pair">${choice(true)} ${choice(false)}</div>
      ${answer && !answer.as_permitted ? html`<label class="plain-field">
        <span class="field-label">${t('field.found')}</span>
        <input maxlength=${k_most_found} .value=${answer.found ?? ''}
          @input=${(e: any) => this.#answer(code, {as_permitted: false, found: e.target.value.trim()})}>
        </label>` : nothing}
    </fieldset>`;
  }

  override render() {
    const items: any[] = this.pack?.pre_start ?? [];
    const answered = items.filter(({code}) => this.answers[code]).length;
    return html`<div class="stack">
      <p class="muted" role="status">${t('site.check.progress', {done: answered, all: items.length})}</p>
      ${items.map((item, n) => this.#item(item, n))}
      <sg-position label=${t('field.position')} required .value=${this.position}
        @change=${(e: CustomEvent) => (this.position = e.detail)}></sg-position>
      <sg-photos single label=${t('field.photo')} .value=${this.photo ? [this.photo] : []}
        @change=${(e: CustomEvent) => (this.photo = e.detail[0])}></sg-photos>
    </div>`;
  }
}
