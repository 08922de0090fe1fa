// One record of a register: what it says, what is wrong with it, and what can be changed.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {labelOf} from '../form/fields';
import '../parts/actions';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {get} from '../service/client';
import type {Instance, Schema} from '../service/types';
import {eventSpec} from '../service/workflows';
import {language, maybe, t} from '../text/text';
import {day} from '../text/time';
import './record-form';
import {backView, titleOf} from './register-page';
import {collectionOf, type Kind} from './registers';
import {troublesOf} from './trouble';

@customElement('sg-record-page')
export class RecordPage extends Part {
  @property({attribute: false}) parameters!: {kind: Kind; id: string};
  @state() private amending = false;

  #record = new Task(this, {
    task: async ([kind, id]) => ({
      record: await get<Instance>(`/${collectionOf(kind)}/${id}`),
      schema: (await eventSpec(kind, 'register')).payload_schema,
    }),
    args: () => [this.parameters.kind, this.parameters.id, language()] as const,
  });

  #value(name: string, value: any, schema: Schema) {
    if (name === 'photo') return html`<a href="/api/v1/photos/${value}/display" target="_blank" rel="noopener">
      <img class="certificate-photo" src="/api/v1/photos/${value}/display" alt=${labelOf(name, schema)}></a>`;
    return schema.format === 'date' ? day(value) : maybe(`option.${value}`, String(value));
  }

  #facts({data}: Instance, schema: Schema) {
    const names = Object.keys(schema.properties!).filter((name) => data[name] !== undefined && data[name] !== null);
    const members = schema.properties!;
    return html`<dl class="facts card">${names.map((name) => html`<div><dt>${labelOf(name, members[name])}</dt>
      <dd>${this.#value(name, data[name], members[name])}</dd></div>`)}
      ${data.note ? html`<div><dt>${t('field.note')}</dt><dd>${data.note}</dd></div>` : nothing}</dl>`;
  }

  async #stored() {
    this.amending = false;
    toast(t('record.amended'));
    await this.#record.run();
  }

  #view(record: Instance, schema: Schema) {
    const can_amend = record.actions?.some(({event, allowed}) => event === 'amend' && allowed);
    const others = {...record, actions: record.actions?.filter(({event}) => event !== 'amend')};
    const has_others = others.actions?.some(({allowed}) => allowed);
    return html`<div class="row"><h1>${titleOf(record)}</h1>${badge(record.state, record.state_label)}</div>
      ${troublesOf(record).map(({severe, words}) => html`<p class=${severe ? 'trouble severe' : 'trouble'}>
        ${icon(severe ? 'alert' : 'clock')} ${words}</p>`)}
      ${this.amending ? html`<sg-record-form kind=${this.parameters.kind} .schema=${schema} .record=${record}
          @stored=${this.#stored}></sg-record-form>` : this.#facts(record, schema)}
      ${can_amend ? html`<p><wa-button data-does="amend" appearance="outlined"
        @click=${() => (this.amending = !this.amending)}>
        ${this.amending ? t('cancel') : t('record.amend')}</wa-button></p>` : nothing}
      ${has_others ? html`<sg-actions collection=${collectionOf(this.parameters.kind)} .instance=${others}
        @done=${() => this.#record.run()}></sg-actions>` : nothing}`;
  }

  override render() {
    return html`<div class="narrow">${backView(this.parameters.kind)}
      ${shown(this.#record, ({record, schema}) => this.#view(record, schema))}</div>`;
  }
}
