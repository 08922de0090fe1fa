// One record of the administrator's registers: what it says, what can be done with it, its history.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../parts/actions';
import {historyPath} from '../audit/shared';
import {labelOf} from '../form/fields';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance, Schema} from '../service/types';
import {eventSpec} from '../service/workflows';
import {language, maybe, t} from '../text/text';
import {day} from '../text/time';
import {grantsView} from './grants';
import './register-form';

type View = (value: any) => TemplateResult;

// Members that are more than a word.
const views: Record<string, View> = {
  grants: grantsView,
  days: (days: {date: string; kind: string}[]) => html`<ul
    class="days">${days.map(({date, kind}) => html`<li class=${kind}>
    ${day(date)} <span class="muted">${maybe(`day.${kind}`, kind)}</span></li>`)}</ul>`,
};

const wordOf = (value: unknown) => typeof value === 'boolean' ? t(value ? 'yes' : 'no') : maybe(`level.${value}`,
  String(value));

@customElement('sg-managed')
export class Managed extends Part {
  @property({attribute: false}) parameters!: {collection: string; id: string};
  @state() private isAmending = false;

  #told = new Task(this, {
    task: async ([collection, id]) => {
      const record = await get<Instance>(`/${collection}/${id}`);
      return {record, schema: (await eventSpec(record.workflow, 'register')).payload_schema};
    },
    args: () => [this.parameters.collection, this.parameters.id, language()] as const,
  });

  #facts({data}: Instance, schema: Schema) {
    const {properties = {}, required = []} = schema;
    const rows = [...new Set([...required, ...Object.keys(properties)])].filter((name) => data[name] !== undefined)
      .map((name) => [name, properties[name]] as const);
    return html`<dl class="facts record">${rows.map(([name, member]) => html`<div class=${name in views ? 'wide' : ''}>
      <dt>${labelOf(name, member)}</dt><dd>${views[name]?.(data[name]) ?? wordOf(data[name])}</dd></div>`)}</dl>`;
  }

  // A change begins with what stands there, so it has a form of its own.
  #actions(record: Instance) {
    const {collection} = this.parameters, actions = record.actions ?? [];
    const others = {...record, actions: actions.filter(({event}) => event !== 'amend')};
    const amend = actions.find(({event, allowed}) => event === 'amend' && allowed);
    return html`<section class="card stack"><h2>${t('permit.next')}</h2>
      ${amend ? html`<div><wa-button variant="brand" data-event="amend" @click=${() =>
        (this.isAmending = true)}>${amend.label}
        </wa-button></div>` : nothing}
      <sg-actions collection=${collection} .instance=${others} @done=${() => this.#told.run()}></sg-actions></section>
      ${this.isAmending ? html`<sg-register-form workflow=${record.workflow} collection=${collection}
        label=${amend!.label}
        .record=${record} @registered=${() => {
          this.isAmending = false;
          void this.#told.run();
        }} @closed=${() => (this.isAmending = false)}></sg-register-form>` : nothing}`;
  }

  override render() {
    const {collection} = this.parameters;
    return html`<p><a href="/console/manage/${collection}">${icon('back')} ${t('history.back')}</a></p>
      ${shown(this.#told, ({record, schema}) => html`
        <div class="row"><h1>${record.data.name ?? record.data.year ?? t('record.title')}</h1>${badge(record.state,
          record.state_label)}</div>
        <section class="card">${this.#facts(record, schema)}</section>
        ${this.#actions(record)}
        <p><a href=${historyPath(collection, record.id)}>${t('history.link')}</a></p>`)}`;
  }
}
