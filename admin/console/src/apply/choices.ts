// Some of a register, chosen by a touch: a row each with what it is and what is wrong with it; many can be searched.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {t} from '../text/text';
import type {Trouble} from './trouble';

export interface Choice {
  key: string;
  name: string;
  more: string;
  troubles: Trouble[];
}

const k_searched_from = 8;

let groups = 0;

@customElement('sg-choices')
export class Choices extends Part {
  @property() label = '';
  @property({type: Boolean}) single = false;
  @property({type: Boolean}) required = false;
  @property({attribute: false}) choices: Choice[] = [];
  @property({attribute: false}) value: string[] = [];
  @state() private sought = '';
  readonly #group = `choices-${++groups}`;

  #toggle(event: Event, key: string) {
    event.stopPropagation(); // the input's own event has no detail
    const on = (event.target as HTMLInputElement).checked;
    const next = this.single ? [key] : on ? [...this.value, key] : this.value.filter((one) => one !== key);
    this.dispatchEvent(new CustomEvent('change', {detail: next}));
  }

  // What is chosen stays in sight; what cannot be used comes last.
  #shown(): Choice[] {
    const sought = this.sought.toLowerCase();
    const fits = ({key, name, more}: Choice) => `${key} ${name} ${more}`.toLowerCase().includes(sought);
    const rank = (one: Choice) => Number(one.troubles.some(({severe}) => severe));
    return this.choices.filter((one) => this.value.includes(one.key) || fits(one)).sort((a, b) => rank(a) - rank(b));
  }

  #row(one: Choice) {
    const chosen = this.value.includes(one.key);
    return html`<label class="choice">
      <input type=${this.single ? 'radio' : 'checkbox'} name=${this.#group} value=${one.key} .checked=${chosen}
        @change=${(e: Event) => this.#toggle(e, one.key)}>
      <span><strong>${one.name}</strong> <span class="muted">${one.more}</span>
        ${one.troubles.map(({severe, words}) => html`<span class=${severe ? 'trouble severe' : 'trouble'}>
          ${icon(severe ? 'alert' : 'clock')} ${words}</span>`)}</span></label>`;
  }

  override render() {
    return html`<fieldset class="choices"><legend>${this.label}${this.required ? ' *' : ''}</legend>
      ${this.choices.length > k_searched_from ? html`<wa-input size="s" type="search" label=${t('choices.search')}
        .value=${this.sought} @input=${(e: any) => (this.sought = e.target.value)}></wa-input>` : nothing}
      ${this.#shown().map((one) => this.#row(one))}</fieldset>`;
  }
}
