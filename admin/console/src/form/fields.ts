// From a member's JSON Schema to the field that a person fills in: one row a kind of member, the first that fits.
import {html, nothing, type TemplateResult} from 'lit';
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import {resolve} from '../service/workflows';
import type {Schema} from '../service/types';
import {maybe, pick, t} from '../text/text';
import {fromLocalInput, toLocalInput} from '../text/time';
import {icon} from '../parts/icon';
import './delegation-field';
import './list-field';
import './photo-field';
import './position-field';
import './record-field';

export interface Field {
  name: string;
  schema: Schema; // resolved
  root: Schema; // where references point to
  value: any;
  required: boolean;
  problem?: string; // of the service, about this member
  change: (value: any) => void; // undefined: nothing is given
}

const k_long_text = 200; // characters, from which on a text has several lines

export const labelOf = (name: string, schema: Schema) => pick(schema, maybe(`field.${name}`, name.replaceAll('_', ' ')));
const optionLabel = (value: unknown) => maybe(`option.${value}`, maybe(`role.${value}`, String(value)));
// Members that name a record of the register wherever they stand, also where their schema does not say so.
const k_registers: Record<string, string> = {unit: 'unit', owner_unit: 'unit', area: 'area'};
const registerOf = ({schema, name}: Field) => schema.refers ?? (schema.type === 'string' ? k_registers[name] : undefined);
const isHash = (schema: Schema) => schema.pattern === '^[0-9a-f]{64}$';
const isTime = (schema: Schema) => !!schema.pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}T');
const given = (text: string) => (text === '' ? undefined : text);

const hint = (field: Field) => field.problem
  ? html`<span slot="hint" class="field-problem" role="alert">${field.problem}</span>` : nothing;

type Row = [fits: (schema: Schema, field: Field) => unknown, view: (field: Field) => TemplateResult];

const rows: Row[] = [
  [(s) => s.properties?.longitude && s.properties.accuracy_metres,
    (f) => html`<sg-position label=${labelOf(f.name, f.schema)} ?required=${f.required} .value=${f.value}
      @change=${(e: CustomEvent) => f.change(e.detail)}></sg-position>`],
  [(s, f) => s.type === 'array' && s.items && isHash(resolve(s.items, f.root)),
    (f) => html`<sg-photos label=${labelOf(f.name, f.schema)} ?required=${f.required} .value=${f.value ?? []}
      @change=${(e: CustomEvent) => f.change(e.detail.length ? e.detail : undefined)}></sg-photos>`],
  [(s, f) => isHash(s) && f.name === 'photo',
    (f) => html`<sg-photos single label=${labelOf(f.name, f.schema)} ?required=${f.required}
      .value=${f.value ? [f.value] : []} @change=${(e: CustomEvent) => f.change(e.detail[0])}></sg-photos>`],
  [(_, f) => registerOf(f),
    (f) => html`<sg-record kind=${registerOf(f)!} label=${labelOf(f.name, f.schema)} ?required=${f.required}
      .value=${f.value ?? ''} @change=${(e: CustomEvent) => f.change(given(e.detail))}></sg-record>`],
  [(s) => s.enum?.length === 1 && s.enum[0] === true,
    (f) => html`<wa-checkbox ?required=${f.required} .checked=${f.value === true}
      @change=${(e: any) => f.change(e.target.checked ? true : undefined)}>${labelOf(f.name, f.schema)}</wa-checkbox>`],
  [(s) => s.enum,
    (f) => html`<wa-select label=${labelOf(f.name, f.schema)} ?required=${f.required} ?with-clear=${!f.required}
      .value=${f.value ?? ''} @change=${(e: any) => f.change(given(e.target.value))}>${hint(f)}
      ${f.schema.enum!.map((one) => html`<wa-option value=${one}>${optionLabel(one)}</wa-option>`)}</wa-select>`],
  [(s) => s.type === 'boolean',
    (f) => html`<wa-switch .checked=${f.value === true}
      @change=${(e: any) => f.change(e.target.checked)}>${labelOf(f.name, f.schema)}</wa-switch>`],
  [(_, f) => /(^|_)password$/.test(f.name),
    (f) => html`<wa-input type="password" password-toggle label=${labelOf(f.name, f.schema)} ?required=${f.required}
      autocomplete=${f.name === 'password' ? 'new-password' : 'current-password'} .value=${f.value ?? ''}
      @input=${(e: any) => f.change(given(e.target.value))}>${hint(f)}</wa-input>`],
  [(s) => s.type === 'object',
    (f) => html`<fieldset><legend>${labelOf(f.name, f.schema)}</legend>
      ${fieldsOf(f.schema, f.root, f.value ?? {}, f.change)}</fieldset>`],
  [(s) => s.type === 'array',
    (f) => html`<sg-list .field=${f}></sg-list>`],
  [(s) => s.type === 'integer' || s.type === 'number',
    (f) => html`<wa-input type="number" label=${labelOf(f.name, f.schema)} ?required=${f.required}
      min=${f.schema.minimum ?? nothing} max=${f.schema.maximum ?? nothing} .value=${f.value?.toString() ?? ''}
      @input=${(e: any) => f.change(e.target.value === '' ? undefined : Number(e.target.value))}>${hint(f)}</wa-input>`],
  [isTime,
    (f) => html`<wa-input type="datetime-local" label=${labelOf(f.name, f.schema)} ?required=${f.required}
      .value=${f.value ? toLocalInput(f.value) : ''}
      @input=${(e: any) => f.change(e.target.value ? fromLocalInput(e.target.value) : undefined)}>${hint(f)}</wa-input>`],
  [(_, f) => f.name === 'delegation',
    (f) => html`<sg-delegation-field .value=${f.value ?? ''}
      @change=${(e: CustomEvent) => f.change(given(e.detail))}></sg-delegation-field>`],
  [(s) => s.format === 'date',
    (f) => html`<wa-input type="date" label=${labelOf(f.name, f.schema)} ?required=${f.required} .value=${f.value ?? ''}
      @input=${(e: any) => f.change(given(e.target.value))}>${hint(f)}</wa-input>`],
  [(s) => (s.maxLength ?? 0) > k_long_text,
    (f) => html`<wa-textarea label=${labelOf(f.name, f.schema)} ?required=${f.required} rows="3" resize="auto"
      maxlength=${f.schema.maxLength!} .value=${f.value ?? ''}
      @input=${(e: any) => f.change(given(e.target.value))}>${hint(f)}</wa-textarea>`],
  [() => true,
    (f) => html`<wa-input label=${labelOf(f.name, f.schema)} ?required=${f.required}
      maxlength=${f.schema.maxLength ?? nothing} .value=${f.value ?? ''}
      @input=${(e: any) => f.change(given(e.target.value))}>${hint(f)}</wa-input>`],
];

export const fieldView = (field: Field): TemplateResult => rows.find(([fits]) => fits(field.schema, field))![1](field);

/** A field for each member of an object's schema that `take` lets through; a change gives the whole object anew. */
export function fieldsOf(schema: Schema, root: Schema, value: Record<string, any>, change: (value: any) => void,
  take: (name: string) => boolean = () => true, problems: Record<string, string> = {}) {
  const {properties = {}, required = []} = resolve(schema, root);
  // The list of what is required keeps the order that the schema was written in; the members come by their letters.
  const names = [...required, ...Object.keys(properties).filter((name) => !required.includes(name))];
  return names.filter((name) => name in properties && take(name)).map((name) => fieldView({
    name,
    schema: resolve(properties[name], root),
    root,
    value: value[name],
    required: required.includes(name),
    problem: problems[name],
    change: (next) => {
      const {[name]: _, ...others} = value;
      change(next === undefined ? others : {...others, [name]: next});
    },
  }));
}

export const removeButton = (label: string, remove: () => void) =>
  html`<wa-button appearance="plain" size="s" @click=${remove}>
    ${icon('close')}<span class="visually-hidden">${t('remove', {what: label})}</span></wa-button>`;
