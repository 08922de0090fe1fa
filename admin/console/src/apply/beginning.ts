// What stands above the steps: why the application came back, and what somebody else changed meanwhile.
import {html, nothing} from 'lit';
import {icon} from '../parts/icon';
import type {Instance} from '../service/types';
import {t} from '../text/text';
import {moment} from '../text/time';
import type {Form} from './form';
import {lines, wordsOf} from './step-check';

export const returnedBy = ({data}: Instance) =>
  data.returned.by === 'system' ? t('apply.by_system') : data.people?.[data.returned.by]?.name ?? '';

/** The reason as a person wrote it; the system's own are its findings. */
export const reasonOf = ({data}: Instance) =>
  data.returned.by === 'system' ? t('apply.returned_by_rules') : data.returned.reason;

export function returnedView(permit: Instance | null) {
  if (permit?.state !== 'Returned' || !permit.data.returned) return nothing;
  return html`<wa-callout variant="warning" class="returned">${icon('alert')}
    <strong>${t('apply.returned', {who: returnedBy(permit), time: moment(permit.data.returned.at)})}</strong>
    <p>${reasonOf(permit)}</p></wa-callout>`;
}

// People stand in the permit by other names, and measures only by their number.
const k_compared = ['owner_unit', 'area', 'place.address', 'work', 'method', 'starts', 'machines'];

/** What differs from what is written here, in words; sending again overrules it. */
export function changedView(newer: Instance | null, form: Form) {
  if (!newer) return nothing;
  const theirs = new Map(lines({...form, value: newer.data.application}));
  const changed = lines(form).filter(([name, words]) => k_compared.includes(name) && theirs.get(name) !== words);
  return html`<wa-callout variant="warning" class="conflict" role="alert"><strong>${t('conflict.title')}</strong>
    <p>${newer.state_label}</p>
    <table><tr><td></td><th>${t('apply.mine')}</th><th>${t('conflict.now')}</th></tr>
      ${changed.map(([name, words]) => html`<tr><th>${wordsOf(form, name)}</th><td>${words}</td>
        <td>${theirs.get(name)}</td></tr>`)}</table>
    <p>${t('conflict.go_on')}</p></wa-callout>`;
}
