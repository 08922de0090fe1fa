// A gas test: point by point, judged by the pack's limits while it is typed in.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {KeptAnswer} from '../../field/database';
import {removeButton} from '../../form/fields';
import {icon} from '../../parts/icon';
import {now} from '../../service/clock';
import type {Instance} from '../../service/types';
import {t} from '../../text/text';
import type {Pack} from '../sources';
import {judge} from '../verdict';
import {lelOf, numberField, placeField, substanceField, textField} from './gas-fields';
import './instrument';
import {type Build, Written} from './written';

export interface Reading {
  point: string;
  place?: string;
  substance: string;
  lel_percent: string;
  reading_percent: string;
}

const k_ages = [0, 5, 10, 15, 20, 30]; // minutes since the sample was taken
const k_decimal = /^\d{1,4}(\.\d{1,4})?$/;
const blank = (): Reading => ({point: '', substance: 'methane', lel_percent: lelOf('methane'), reading_percent: ''});
const isWhole = ({point, substance, lel_percent, reading_percent}: Reading) =>
  !!point && !!substance && k_decimal.test(lel_percent) && k_decimal.test(reading_percent);

@customElement('sg-gas-test')
export class GasTest extends Written {
  @property({attribute: false}) permit!: Instance;
  @property({attribute: false}) pack: Pack | null = null;
  @state() private readings: Reading[] = [blank()];
  @state() private age = 0;
  @state() private oxygen = '';
  @state() private instrument = '';
  @state() private analyst = '';

  get #gas() {
    return {readings: this.readings, instrument: this.instrument,
      ...(this.oxygen ? {oxygen_percent: this.oxygen} : {}), ...(this.analyst ? {analyst: this.analyst} : {})};
  }

  protected override written() {
    const {readings, oxygen, instrument, analyst, age} = this;
    return {readings, oxygen, instrument, analyst, age};
  }
  // Since it was written the sample has grown older.
  protected override take(earlier: KeptAnswer) {
    super.take(earlier);
    const passed = this.age + (now() - earlier.at) / 60_000 - 1;
    this.age = k_ages.find((age) => age >= passed) ?? k_ages.at(-1)!;
  }

  override updated() {
    const isReady = this.readings.every(isWhole) && this.instrument && (!this.oxygen || k_decimal.test(this.oxygen));
    const gas = this.#gas, age = this.age * 60_000;
    const build: Build = isReady ? (wall) => ({sampled_at: new Date(wall - age).toISOString(), ...gas}) : null;
    this.tell(build);
  }

  #set(n: number, change: Partial<Reading>) {
    this.readings = this.readings.map((one, i) => (i === n ? {...one, ...change} : one));
  }

  #verdict(n: number) {
    if (!this.pack || (n >= 0 && !isWhole(this.readings[n]))) return nothing;
    const broken = judge(this.pack, this.permit, {...this.#gas, readings: n >= 0 ? [this.readings[n]] : []})
      .filter(({reading}) => (n >= 0 ? reading >= 0 : reading < 0));
    if (broken.length) return html`<p class="verdict fails" role="status">${icon('alert')} ${broken.map((one) => html`
      ${one.title} <span class="clause">${one.clause}</span> <span>${one.remedy}</span>`)}</p>`;
    if (n < 0) return nothing;
    return html`<p class="verdict passes" role="status">${icon('check')} ${t('site.gas.passes')}</p>`;
  }

  #reading(one: Reading, n: number) {
    return html`<fieldset><legend>${t('site.gas.point', {n: n + 1})}</legend>
      ${textField(t('field.point'), one.point, (point) => this.#set(n, {point}), 'gas-point')}
      ${placeField(one.place, (place) => this.#set(n, {place}))}
      ${substanceField(one.substance, (substance) => this.#set(n, {substance, lel_percent: lelOf(substance)}))}
      <div class="pair">
        ${numberField(t('field.lel_percent'), one.lel_percent, (lel_percent) => this.#set(n, {lel_percent}))}
        ${numberField(t('field.reading_percent'), one.reading_percent,
          (reading_percent) => this.#set(n, {reading_percent}), 'gas-reading')}</div>
      ${this.#verdict(n)}
      ${this.readings.length > 1 ? removeButton(t('site.gas.point', {n: n + 1}),
        () => (this.readings = this.readings.filter((_, i) => i !== n))) : nothing}
    </fieldset>`;
  }

  override render() {
    return html`<div class="stack">
      ${this.readings.map((one, n) => this.#reading(one, n))}
      <wa-button type="button" appearance="outlined" @click=${() => (this.readings = [...this.readings, {...this.readings.at(-1)!, point: '',
        reading_percent: ''}])}>${icon('add')} ${t('site.gas.add')}</wa-button>
      ${numberField(t('field.oxygen_percent'), this.oxygen, (oxygen) => (this.oxygen = oxygen))}
      ${this.#verdict(-1)}
      <sg-instrument .value=${this.instrument}
        @chosen=${(e: CustomEvent) => (this.instrument = e.detail)}></sg-instrument>
      <label class="plain-field"><span class="field-label">${t('site.gas.sampled')}</span>
        <select @change=${(e: any) => (this.age = Number(e.target.value))}>${k_ages.map((age) => html`
          <option value=${age} ?selected=${age === this.age}>${age ? t('site.gas.ago', {minutes: age}) : t('site.gas.now')}</option>`)}
        </select></label>
      ${textField(t('field.analyst'), this.analyst, (analyst) => (this.analyst = analyst))}
    </div>`;
  }
}
