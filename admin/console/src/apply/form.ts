// What the steps of an application have in hand: what was written, what can be chosen, what is said about it.
import {html} from 'lit';
import {fieldView, labelOf} from '../form/fields';
import {findingsView} from '../parts/problem';
import type {Instance, Schema} from '../service/types';
import {resolve} from '../service/workflows';
import {maybe} from '../text/text';
import type {Application} from './drafts';
import type {Owner} from './owners';
import type {Pack} from './pack';
import {memberOf, type PathFinding, type Preview} from './preview';
import type {Registers} from './registers';

export interface Form {
  value: Application;
  schema: Schema; // of the body of `create`
  pack: Pack;
  registers: Registers;
  permits: Instance[]; // earlier ones
  owners: Owner[]; // whom earlier ones were for, and those of the area
  preview?: Preview;
  objections: PathFinding[];
  set: (name: string, next: unknown) => void; // "work", "place.address"; undefined takes it away
}

const part = (form: Form, name: string): [any, Schema] => {
  const [first, second] = name.split('.');
  const member = resolve(form.schema.properties?.[first] ?? {}, form.schema);
  return second ? [form.value[first]?.[second], resolve(member.properties?.[second] ?? {}, form.schema)]
    : [form.value[first], member];
};

const isRequired = (schema: Schema, name: string) => {
  const [first, second] = name.split('.');
  const holder = second ? resolve(schema.properties?.[first] ?? {}, schema) : schema;
  return !!holder.required?.includes(second ?? first);
};

export function labelOfMember(form: Form, name: string): string {
  const last = name.split('.').pop()!;
  return labelOf(last, {...part(form, name)[1], ...(maybe(`field.${last}`, '') ? {zh: undefined, en: undefined} : {})});
}

// With the name of whom a finding is about, where the registers know it.
function named(form: Form, finding: PathFinding): PathFinding {
  const records = [...form.registers.certificate, ...form.registers.person, ...form.registers.fire_watch];
  const known = records.find(({data}) => [data.certificate_no, data.id_number].includes(finding.subject));
  return {...finding, subject: known ? known.data.name : finding.subject};
}

export const objections = (form: Form) => form.objections.map((one) => named(form, one));

/** What is said about a member, to stand right below its field. */
export const besides = (form: Form, ...names: string[]) =>
  findingsView(objections(form).filter(({path}) => names.includes(memberOf(path))));

/** The member's usual field, and what is said about it. */
export function field(form: Form, name: string) {
  const [value, schema] = part(form, name);
  return html`<div class="member" data-member=${name}>${fieldView({
    name: name.split('.').pop()!, schema, root: form.schema, value, required: isRequired(form.schema, name),
    change: (next) => form.set(name, next)})}${besides(form, name)}</div>`;
}

/** The unit's people, to stand in a select. */
export const peopleOptions = (form: Form) => form.registers.person.map(({data}) =>
  html`<wa-option value=${data.id_number}>${data.name}</wa-option>`);
