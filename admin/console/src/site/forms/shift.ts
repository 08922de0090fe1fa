// The next shift: who of the permit's operators goes on working, and where that was agreed.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '../../form/position-field';
import type {Position} from '../../form/position-field';
import type {Instance} from '../../service/types';
import {t} from '../../text/text';
import {personName} from '../part';
import {type Build, Written} from './written';

@customElement('sg-shift')
export class Shift extends Written {
  @property({attribute: false}) permit!: Instance;
  @state() private chosen: string[] = []; // numbers of certificates
  @state() private position?: Position;

  protected override written() {
    return {chosen: this.chosen};
  }

  override updated() {
    const {chosen: operators, position} = this;
    const build: Build = operators.length && position ? () => ({operators, position}) : null;
    this.tell(build);
  }

  override render() {
    const numbers: string[] = this.permit.data.numbers?.operators ?? [];
    return html`<div class="stack"><fieldset><legend>${t('site.shift.operators')}</legend>
      ${numbers.map((number, i) => html`<label class="reply"><input type="checkbox" .checked=${this.chosen.includes(number)} @change=${(e: any) =>
        (this.chosen = e.target.checked ? [...this.chosen, number] : this.chosen.filter((one) => one !== number))}>
        <span>${personName(this.permit, this.permit.data.application.operators[i])}
          <small>${number}</small></span></label>`)}
      </fieldset>
      <sg-position label=${t('field.position')} required .value=${this.position}
        @change=${(e: CustomEvent) => (this.position = e.detail)}></sg-position></div>`;
  }
}
