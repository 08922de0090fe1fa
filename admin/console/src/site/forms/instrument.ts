// The gas detector, from the register, with until when it is calibrated; its code can be typed where the list lacks it.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../../parts/element';
import {now} from '../../service/clock';
import {t} from '../../text/text';
import {type Instrument, knownInstruments} from '../sources';

@customElement('sg-instrument')
export class InstrumentField extends Part {
  @property() value = '';
  @state() private found: Instrument[] = [];

  override async connectedCallback() {
    super.connectedCallback();
    this.found = await knownInstruments().catch(() => []);
  }

  #choose(code: string) {
    this.dispatchEvent(new CustomEvent('chosen', {detail: code}));
  }

  override render() {
    const chosen = this.found.find(({code}) => code === this.value);
    const isOver = chosen && Date.parse(`${chosen.calibrated_until}T23:59:59`) < now();
    return html`<label class="plain-field"><span class="field-label">${t('field.instrument')}</span>
      <input list="site-instruments" name="instrument" .value=${this.value} placeholder=${t('record.placeholder')}
        @input=${(e: any) => this.#choose(e.target.value.trim())}>
      <datalist id="site-instruments">${this.found.map(({code, kind}) => html`<option value=${code}>${kind}</option>`)}
      </datalist></label>
      ${this.found.length ? html`<div class="chips">${this.found.map(({code}) => html`<button type="button" class="quick"
        aria-pressed=${code === this.value} @click=${() => this.#choose(code)}>
        ${code}</button>`)}</div>` : nothing}
      ${chosen ? html`<p class=${isOver ? 'field-problem' : 'muted'}>${chosen.kind} ·
        ${t('site.gas.calibrated', {day: chosen.calibrated_until})}</p>` : nothing}`;
  }
}
