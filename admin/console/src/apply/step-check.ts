// Last step: everything once more, what the system will make of it, and what still stands against it.
import {html, nothing} from 'lit';
import {findingsView} from '../parts/problem';
import {maybe, pick, t} from '../text/text';
import {span} from '../text/time';
import {type Form, labelOfMember, objections} from './form';
import {verdictView} from './verdict';
import type {Missing} from './writing';

type Line = [member: string, words: string];

const nameIn = (records: {data: any}[], member: string, key: string) =>
  records.find(({data}) => data[member] === key)?.data.name ?? key;

export function lines(form: Form): Line[] {
  const {value, registers, pack} = form;
  const list = (all: string[] = [], name: (one: string) => string = (one) => one) => all.map(name).join('、');
  return [
    ['owner_unit', form.owners.find(({key}) => key === value.owner_unit)?.name ?? value.owner_unit],
    ['area', registers.area.find(({data}) => data.code === value.area)?.data.name],
    ['place.address', value.place?.address],
    ['work', value.work],
    ['method', value.method && pick(pack.methods[value.method] ?? {}, maybe(`option.${value.method}`, value.method))],
    ['starts', value.starts && value.ends && span(value.starts, value.ends)],
    ['operators', list(value.operators, (one) => nameIn(registers.certificate, 'certificate_no', one))],
    ['fire_watch', value.fire_watch && nameIn(registers.fire_watch, 'id_number', value.fire_watch)],
    ['person_in_charge', value.person_in_charge && nameIn(registers.person, 'id_number', value.person_in_charge)],
    ['machines', list(value.machines)],
    ['measures', value.measures?.length ? t('apply.n_measures', {n: value.measures.length}) : ''],
  ].map(([member, words]) => [member, words ?? '']);
}

const k_words: Record<string, () => string> = {
  starts: () => t('apply.window'), operators: () => t('apply.operators'), fire_watch: () => t('apply.fire_watch'),
  person_in_charge: () => t('apply.person_in_charge'), machines: () => t('apply.machines'),
  owner_unit: () => t('apply.owner_unit'), 'place.longitude': () => t('apply.position'),
  'place.latitude': () => t('apply.position'),
};
export const wordsOf = (form: Form, member: string) => k_words[member]?.() ?? labelOfMember(form, member);

function missingView(form: Form, title: string, missing: string[], goTo: (member: string) => void) {
  if (!missing.length) return nothing;
  const words = [...new Map(missing.map((member) => [wordsOf(form, member), member]))];
  return html`<wa-callout variant="warning" class="missing"><strong>${title}</strong>
    <div class="chips">${words.map(([label, member]) => html`<wa-button size="s" appearance="outlined"
      @click=${() => goTo(member)}>${label}</wa-button>`)}</div></wa-callout>`;
}

export const checkStep = (form: Form, {needed, asked}: Missing, goTo: (member: string) => void) => html`
  ${missingView(form, t('apply.missing'), needed, goTo)} ${missingView(form, t('apply.asked'), asked, goTo)}
  ${verdictView(form.preview)}
  ${findingsView(objections(form))}
  <dl class="facts summary">${lines(form).map(([member, words]) => html`<div><dt>${wordsOf(form, member)}</dt>
    <dd>${words || '–'} <wa-button size="s" appearance="plain"
      aria-label=${t('apply.change', {what: wordsOf(form, member)})}
      @click=${() => goTo(member)}>${t('apply.change_short')}</wa-button></dd></div>`)}</dl>`;
