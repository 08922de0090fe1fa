// Second step: what is done, how and when, and what the rule pack wants to know about it.
import {html} from 'lit';
import {resolve} from '../service/workflows';
import {pick, t} from '../text/text';
import {fromLocalInput, span, toLocalInput} from '../text/time';
import {isAsked, soon, timeText} from './application';
import {besides, field, type Form, labelOfMember} from './form';
import {longestHours} from './pack';

const k_hour = 3600_000;
const k_not_here = ['method', 'starts', 'ends', 'outdoor', 'confined_space', 'height_metres'];

function method(form: Form) {
  const methods = (form.schema.properties?.method?.enum as string[]).filter((code) => code in form.pack.methods);
  return html`<fieldset class="tiles" data-member="method"><legend>${t('field.method')} *</legend>
    ${methods.map((code) => html`<label class="tile">
      <input type="radio" name="method" value=${code} .checked=${form.value.method === code}
        @change=${() => form.set('method', code)}><span>${pick(form.pack.methods[code])}</span></label>`)}</fieldset>
    ${besides(form, 'method')}`;
}

/** Tomorrow at eight, on this device's calendar. */
function tomorrow() {
  const date = new Date(soon());
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

function timeInput(form: Form, name: 'starts' | 'ends') {
  return html`<wa-input type="datetime-local" data-member=${name} label=${labelOfMember(form, name)} required
    .value=${form.value[name] ? toLocalInput(form.value[name]) : ''}
    @change=${(e: any) => form.set(name, e.target.value ? fromLocalInput(e.target.value) : undefined)}></wa-input>`;
}

function times(form: Form) {
  const {starts, ends} = form.value;
  const from = starts ? Date.parse(starts) : soon();
  const length = starts && ends ? Date.parse(ends) - from : 4 * k_hour;
  const start = (at: number) => {
    form.set('starts', timeText(at));
    form.set('ends', timeText(at + length));
  };
  const longest = form.preview?.figures.validity_hours?.value ?? longestHours(form.pack, form.preview?.grade.code);
  const hours = [...new Set([4, 8, ...(longest ? [longest] : [])])].filter((one) => !longest || one <= longest);
  return html`<fieldset><legend>${t('apply.window')} *</legend>
    ${starts && ends ? html`<strong class="window">${span(starts, ends)}</strong>` : ''}
    <div class="chips" role="group" aria-label=${t('field.starts')}>
      <wa-button size="s" pill appearance="outlined" @click=${() => start(soon())}>${t('apply.now')}</wa-button>
      <wa-button size="s" pill appearance="outlined" @click=${() => start(tomorrow())}>
        ${t('apply.tomorrow')}</wa-button></div>
    <div class="chips" role="group" aria-label=${t('field.ends')}>
      ${hours.map((one) => html`<wa-button size="s" pill
        appearance=${length === one * k_hour ? 'accent' : 'outlined'}
        @click=${() => form.set('ends', timeText(from + one * k_hour))}>
        ${one === longest ? t('apply.longest', {hours: one}) : t('apply.hours', {hours: one})}</wa-button>`)}</div>
    <div class="row">${timeInput(form, 'starts')}${timeInput(form, 'ends')}</div>
    ${besides(form, 'starts', 'ends')}</fieldset>`;
}

// Yes or no each; what is not ticked is declared not to be so.
function questions(form: Form) {
  const names = form.pack.asked.filter((name) => !k_not_here.includes(name) && isAsked(name, form.value));
  const is_question = (name: string) => resolve(form.schema.properties?.[name] ?? {}, form.schema).type === 'boolean';
  const [ticked, others] = [names.filter(is_question), names.filter((name) => !is_question(name))];
  return html`${others.map((name) => field(form, name))}
    <fieldset class="ticks"><legend>${t('apply.circumstances')}</legend>
    <p class="muted">${t('apply.circumstances_about')}</p>
    ${ticked.map((name) => html`<label class="choice">
      <input type="checkbox" name=${name} .checked=${form.value[name] === true}
      @change=${(e: any) => form.set(name, e.target.checked)}><span>${labelOfMember(form, name)}</span></label>
      ${besides(form, name)}`)}</fieldset>`;
}

export const workStep = (form: Form) => html`
  ${field(form, 'work')} ${method(form)} ${times(form)} ${questions(form)}`;
