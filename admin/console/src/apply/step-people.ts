// Third step: who does it, who watches, who answers for it, and with which machines; each with what is wrong with it.
import {html} from 'lit';
import type {Instance} from '../service/types';
import {t} from '../text/text';
import {day} from '../text/time';
import './choices';
import type {Choice} from './choices';
import {besides, type Form, peopleOptions} from './form';
import {type Trouble, troublesOf} from './trouble';

const endOf = (form: Form) => (form.value.ends ? Date.parse(form.value.ends) : undefined);

// One number may stand for certificates of several classes: it is good as far as one of them is.
function operators(form: Form): Choice[] {
  const byNumber = new Map<string, Instance[]>();
  for (const one of form.registers.certificate) {
    byNumber.set(one.data.certificate_no, [...(byNumber.get(one.data.certificate_no) ?? []), one]);
  }
  return [...byNumber].map(([key, rows]) => {
    const troubles = rows.map((one) => troublesOf(one, endOf(form)));
    const least = troubles.reduce((best, next) => (weight(next) < weight(best) ? next : best));
    return {key, name: rows[0].data.name, more: rows.map(({data}) => data.class).join('、'), troubles: least};
  });
}

const weight = (troubles: Trouble[]) => troubles.reduce((sum, {severe}) => sum + (severe ? 100 : 1), 0);

const choices = (records: Instance[], key: string, more: (data: any) => string, form: Form): Choice[] =>
  records.map((one) => ({key: one.data[key], name: one.data.name ?? one.data.code, more: more(one.data),
    troubles: troublesOf(one, endOf(form))}));

interface Row {
  member: string;
  label: string;
  single?: boolean;
  required?: boolean;
  choices: Choice[];
  register: string;
}

function rows(form: Form): Row[] {
  const {fire_watch, machine} = form.registers;
  return [
    {member: 'operators', label: t('apply.operators'), required: true, register: 'certificate',
      choices: operators(form)},
    {member: 'fire_watch', label: t('apply.fire_watch'), single: true, required: true, register: 'fire_watch',
      choices: choices(fire_watch, 'id_number', (data) => t('apply.trained', {day: day(data.trained_on)}), form)},
    {member: 'machines', label: t('apply.machines'), register: 'machine',
      choices: choices(machine, 'code', ({kind}) => kind, form)},
  ];
}

function rowView(form: Form, {member, label, single, required, choices: all, register}: Row) {
  const value = form.value[member];
  const chosen: string[] = Array.isArray(value) ? value : value ? [value] : [];
  const unknown = chosen.filter((key) => !all.some((one) => one.key === key))
    .map((key) => ({key, name: key, more: '', troubles: [{severe: true, words: t('trouble.unregistered')}]}));
  return html`<div class="member" data-member=${member}>
    <sg-choices label=${label} ?single=${single} ?required=${required} .choices=${[...all, ...unknown]} .value=${chosen}
      @change=${(e: CustomEvent) => form.set(member, single ? e.detail[0] : e.detail)}></sg-choices>
    <a class="muted" href="/console/registers/${register}/new">${t('apply.register_another')}</a>
    ${besides(form, member)}</div>`;
}

const inCharge = (form: Form) => html`<div class="member" data-member="person_in_charge">
  <wa-select label=${t('apply.person_in_charge')} required .value=${form.value.person_in_charge ?? ''}
    @change=${(e: any) => form.set('person_in_charge', e.target.value || undefined)}>
    ${peopleOptions(form)}</wa-select>
  ${besides(form, 'person_in_charge')}</div>`;

export const peopleStep = (form: Form) => html`${rows(form).map((row) => rowView(form, row))} ${inCharge(form)}`;
