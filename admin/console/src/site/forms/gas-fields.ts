// The fields that forms of gas are made of, with the common substances and their lower explosive limits.
import {html} from 'lit';
import {maybe, t} from '../../text/text';

// % vol in air, as data sheets commonly give them; the field stays open for the figure of the sheet at hand.
const k_lel_percent: Record<string, string> = {
  methane: '5', propane: '2.1', butane: '1.8', hydrogen: '4', acetylene: '2.5', ethylene: '2.7',
  carbon_monoxide: '12.5', gasoline: '1.4', ethanol: '3.3', methanol: '6', acetone: '2.5', benzene: '1.2', toluene: '1.1', ammonia: '15',
  hydrogen_sulfide: '4',
};
const k_places = ['around', 'upper', 'middle', 'lower', 'inside'];

export const lelOf = (substance: string): string => k_lel_percent[substance] ?? '';

type Change = (value: string) => void;

export const textField = (label: string, value: string, change: Change, name = '') => html`
  <label class="plain-field"><span class="field-label">${label}</span>
    <input name=${name} maxlength="50" .value=${value} @input=${(e: any) => change(e.target.value.trim())}></label>`;

export const numberField = (label: string, value: string, change: Change, name = '') => html`
  <label class="plain-field"><span class="field-label">${label}</span>
    <input name=${name} inputmode="decimal" maxlength="9" autocomplete="off" .value=${value}
      @input=${(e: any) => change(e.target.value.trim().replace(',', '.'))}></label>`;

export const placeField = (value: string | undefined, change: (value?: string) => void) => html`
  <label class="plain-field"><span class="field-label">${t('site.gas.place')}</span>
    <select @change=${(e: any) => change(e.target.value || undefined)}>
      <option value="" ?selected=${!value}>–</option>
      ${k_places.map((place) => html`<option value=${place} ?selected=${place === value}>
        ${maybe(`option.${place}`, place)}</option>`)}</select></label>`;

export const substanceField = (value: string, change: Change) => html`
  <label class="plain-field"><span class="field-label">${t('field.substance')}</span>
    <select @change=${(e: any) => change(e.target.value)}>${Object.keys(k_lel_percent).map((one) => html`
      <option value=${one} ?selected=${one === value}>${t(`site.gas.of.${one}` as any)}</option>`)}</select></label>`;
