// Continuous readings: the highest of a stretch of time that has just passed.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {icon} from '../../parts/icon';
import {now} from '../../service/clock';
import type {Instance} from '../../service/types';
import {t} from '../../text/text';
import type {Pack} from '../sources';
import {judge} from '../verdict';
import {lelOf, numberField, substanceField, textField} from './gas-fields';
import './instrument';
import {type Build, Written} from './written';

const k_decimal = /^\d{1,4}(\.\d{1,4})?$/;
const k_longest_minutes = 5;

@customElement('sg-gas-readings')
export class GasReadings extends Written {
  @property({attribute: false}) permit!: Instance;
  @property({attribute: false}) pack: Pack | null = null;
  @state() private reading = {point: '', substance: 'methane', lel_percent: lelOf('methane'), most_percent: ''};
  @state() private instrument = '';

  get #isWhole() {
    const {point, lel_percent, most_percent} = this.reading;
    return !!point && k_decimal.test(lel_percent) && k_decimal.test(most_percent);
  }

  // One stretch follows on the last, as far as that is not longer ago than a stretch may be.
  #minutes(): number {
    const last = Date.parse(this.permit.data.gas_monitoring?.until ?? '');
    const passed = (now() - last) / 60_000;
    return passed > 0 && passed < k_longest_minutes ? passed : k_longest_minutes;
  }

  protected override written() {
    return {reading: this.reading, instrument: this.instrument};
  }

  override updated() {
    const reading = this.reading, instrument = this.instrument, stretch = this.#minutes() * 60_000;
    const build: Build = this.#isWhole && instrument ? (wall) => ({
      from: new Date(wall - stretch + 1).toISOString(), until: new Date(wall).toISOString(),
      readings: [reading], instrument,
    }) : null;
    this.tell(build);
  }

  #verdict() {
    if (!this.pack || !this.#isWhole) return '';
    const gas = {readings: [{...this.reading, reading_percent: this.reading.most_percent}]};
    const broken = judge(this.pack, this.permit, gas).filter(({reading}) => reading >= 0);
    return broken.length
      ? html`<p class="verdict fails" role="status">${icon('alert')} ${broken[0].title}
        <span class="clause">${broken[0].clause}</span></p>`
      : html`<p class="verdict passes" role="status">${icon('check')} ${t('site.gas.passes')}</p>`;
  }

  override render() {
    const set = (change: object) => (this.reading = {...this.reading, ...change});
    const {point, substance, lel_percent, most_percent} = this.reading;
    return html`<div class="stack"><p class="muted">${t('site.gas.stretch')}</p>
      ${textField(t('field.point'), point, (next) => set({point: next}), 'gas-point')}
      ${substanceField(substance, (next) => set({substance: next, lel_percent: lelOf(next)}))}
      <div class="pair">${numberField(t('field.lel_percent'), lel_percent, (next) => set({lel_percent: next}))}
        ${numberField(t('field.most_percent'), most_percent, (next) => set({most_percent: next}), 'gas-reading')}</div>
      ${this.#verdict()}
      <sg-instrument .value=${this.instrument}
        @chosen=${(e: CustomEvent) => (this.instrument = e.detail)}></sg-instrument>
    </div>`;
  }
}
