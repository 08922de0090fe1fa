// One of a few, chosen from the browser's own list: it weighs nothing, and a phone shows it the way its owner knows.
import {html, nothing} from 'lit';

export interface Choice {
  label: string;
  value: string;
  options: {value: string; label: string}[];
  any?: string; // what no choice is called; without it one must be chosen
  choose: (value: string) => void; // "": none
}

const optionView = (value: string, label: string, chosen: string) =>
  html`<option value=${value} .selected=${value === chosen}>${label}</option>`;

export const choice = ({label, value, options, any, choose}: Choice) => html`<label class="plain-field">
  <span class="field-label">${label}</span><select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    ${any === undefined ? nothing : optionView('', any, value)}
    ${options.map((one) => optionView(one.value, one.label, value))}</select></label>`;

/** States of a workflow as its description lists them; none yet while that is on its way. */
export const stateOptions = (states: {name: string; label: string}[] = []) =>
  states.map(({name, label}) => ({value: name, label}));

/** Areas as the register lists them. */
export const areaOptions = (areas: {data: Record<string, any>}[] = []) =>
  areas.map(({data}) => ({value: data.code, label: data.name}));
