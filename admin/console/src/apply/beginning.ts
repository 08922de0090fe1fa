// What stands above the steps: why the application came back, and what somebody else changed meanwhile.
import {html, nothing} from 'lit';
import {icon} from '../parts/icon';
import type {Instance} from '../service/types';
import {t} from '../text/text';
import {moment} from '../text/time';
import type {Form} from './form';
import {wordsOf} from './step-check';

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

// People stand in the permit by other names, and lists in another order.
const k_compared = ['owner_unit', 'area', 'place.address', 'work', 'method', 'starts', 'ends', 'machines'];

/** Which members differ from what is written here; sending again overrules them. */
export function changedView(newer: Instance | null, form: Form) {
  if (!newer) return nothing;
  const at = (application: any, name: string) => name.split('.').reduce((part, step) => part?.[step], application);
  const theirs = (name: string) => at(newer.data.application, name);
  const changed = k_compared.filter((name) => String(theirs(name)) !== String(at(form.value, name)));
  return html`<wa-callout variant="warning" class="conflict" role="alert"><strong>${t('conflict.title')}</strong>
    <p>${newer.state_label}</p>
    <table><tr><td></td><th>${t('apply.mine')}</th><th>${t('conflict.now')}</th></tr>
      ${changed.map((name) => html`<tr><th>${wordsOf(form, name)}</th><td>${at(form.value, name) ?? '–'}</td>
        <td>${theirs(name) ?? '–'}</td></tr>`)}</table>
    <p>${t('conflict.go_on')}</p></wa-callout>`;
}
