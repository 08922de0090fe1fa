// Registers something: a unit, an operator's certificate, a fire watch, a person, a machine, a detector.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import {Part} from '../parts/element';
import {problemOf} from '../parts/problem';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {go} from '../router';
import {send} from '../service/send';
import {grantsOf} from '../service/session';
import type {Receipt, Schema} from '../service/types';
import {eventSpec} from '../service/workflows';
import {language, t} from '../text/text';
import './record-form';
import type {RecordForm} from './record-form';
import {backView} from './register-page';
import type {Kind} from './registers';

@customElement('sg-record-new')
export class RecordNew extends Part {
  @property({attribute: false}) parameters!: {kind: Kind};
  @state() private person_too = true; // whoever holds a certificate or watches is a person of the unit

  #schema = new Task(this, {
    task: async ([kind]) => (await eventSpec(kind, 'register')).payload_schema,
    args: () => [this.parameters.kind, language()] as const,
  });

  #first(schema: Schema) {
    const unit = [...grantsOf('applicant'), ...grantsOf('site_owner')].find((grant) => grant.unit)?.unit;
    const member = ['unit', 'credit_code'].find((name) => name in schema.properties!);
    return unit && member ? {[member]: unit} : {};
  }

  get #isOfPerson() {
    return ['certificate', 'fire_watch'].includes(this.parameters.kind);
  }

  // Known already is as good as registered now.
  async #registerPerson({name, id_number, unit}: Record<string, string>) {
    await send({collection: 'persons', event: 'register', payload: {name, id_number, unit}}).catch((error) => {
      if (problemOf(error).code !== 'already_registered') toast(problemOf(error).title);
    });
  }

  async #stored(event: CustomEvent<Receipt>) {
    if (this.#isOfPerson && this.person_too) await this.#registerPerson((event.target as RecordForm).value as any);
    toast(t('record.registered'));
    go(`registers/${this.parameters.kind}/${event.detail.id}`, {replace: true});
  }

  override render() {
    const {kind} = this.parameters;
    return html`<div class="narrow">${backView(kind)}
      <h1>${t('register.add')}</h1><p class="muted">${t('record.waits')}</p>
      ${shown(this.#schema, (schema) => html`
        <sg-record-form kind=${kind} .schema=${schema} .first=${this.#first(schema)}
          @stored=${this.#stored}></sg-record-form>
        ${this.#isOfPerson ? html`<wa-switch ?checked=${this.person_too}
          @change=${(e: any) => (this.person_too = e.target.checked)}>${t('record.person_too')}</wa-switch>`
          : nothing}`)}</div>`;
  }
}
