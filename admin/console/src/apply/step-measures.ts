// Fourth step: the pack's checklist of measures, what else is dangerous there, and what other special work goes on.
import {html, nothing} from 'lit';
import {pick, t} from '../text/text';
import {usualMeasures} from './earlier';
import {besides, field, type Form, peopleOptions} from './form';
import type {Measure} from './pack';

interface Chosen {
  code: string;
  note?: string;
  by?: string;
}

function replace(form: Form, code: string, next?: Chosen) {
  const others: Chosen[] = (form.value.measures ?? []).filter((one: Chosen) => one.code !== code);
  const place = ({code}: Chosen) => form.pack.measures.findIndex((one) => one.code === code);
  form.set('measures', [...others, ...(next ? [next] : [])].sort((one, other) => place(one) - place(other)));
}

function more(form: Form, chosen: Chosen) {
  const change = (member: 'note' | 'by', value: string) => {
    const {[member]: _, ...rest} = chosen;
    replace(form, chosen.code, value ? {...rest, [member]: value} : rest);
  };
  return html`<wa-details class="measure-more" appearance="plain" summary=${t('apply.measure_more')}>
    <wa-input size="s" label=${t('field.note')} maxlength="500" .value=${chosen.note ?? ''}
      @input=${(e: any) => change('note', e.target.value)}></wa-input>
    <wa-select size="s" label=${t('apply.measure_by')} with-clear .value=${chosen.by ?? ''}
      @change=${(e: any) => change('by', e.target.value)}>
      ${peopleOptions(form)}</wa-select>
  </wa-details>`;
}

function row(form: Form, measure: Measure) {
  const chosen = form.value.measures?.find((one: Chosen) => one.code === measure.code);
  return html`<div class="measure"><label class="choice">
    <input type="checkbox" value=${measure.code} .checked=${!!chosen}
      @change=${(e: any) => replace(form, measure.code, e.target.checked ? {code: measure.code} : undefined)}>
    <span>${pick(measure)} <span class="clause muted">${measure.clause}</span></span></label>
    ${chosen ? more(form, chosen) : nothing}</div>`;
}

export const measuresStep = (form: Form) => html`
  <fieldset data-member="measures"><legend>${t('apply.measures')} *</legend>
    <p class="muted">${t('apply.measures_about')}
    ${usualMeasures(form.permits, form.value.method).length ? t('apply.measures_usual') : nothing}</p>
    ${form.pack.measures.map((measure) => row(form, measure))}</fieldset>
  ${besides(form, 'measures')} ${field(form, 'hazards')} ${field(form, 'special_works')}`;
