// First step: whose place it is, and where exactly.
import {html} from 'lit';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {isCreditCode} from '../form/check-digits';
import type {Position} from '../form/position-field';
import {t} from '../text/text';
import './area-field';
import {besides, field, type Form} from './form';

function ownUnit(form: Form) {
  if (form.registers.unit.length < 2) return '';
  return html`<wa-select label=${t('field.unit')} .value=${form.value.unit ?? ''}
    @change=${(e: any) => form.set('unit', e.target.value)}>
    ${form.registers.unit.map(({data}) =>
      html`<wa-option value=${data.credit_code}>${data.name}</wa-option>`)}</wa-select>`;
}

const k_most_chips = 6; // more are found by typing

// Those of the area and of earlier permits by name; another one by its code, with its check digit told at once.
function ownerUnit(form: Form) {
  const code = form.value.owner_unit ?? '';
  const known = form.owners.find(({key}) => key === code);
  const known_by_name = known && known.name !== code ? known.name : '';
  const is_off = !known && code.length >= 18 && !isCreditCode(code);
  return html`<label class="plain-field" data-member="owner_unit">
    <span class="field-label">${t('apply.owner_unit')} *</span>
    <input list="owners" required maxlength="18" autocapitalize="characters" .value=${code}
      placeholder=${t('apply.owner_unit_hint')}
      @input=${(e: any) => form.set('owner_unit', codeIn(form, e.target.value))}>
    <span class=${is_off ? 'field-problem' : 'muted'} role="status">
      ${is_off ? t('digits.credit_code') : known_by_name}</span>
    <datalist id="owners">${form.owners.map(({key, name}) => html`<option value=${key}>${name}</option>`)}</datalist>
    </label>
    ${code ? '' : html`<div class="chips">${form.owners.slice(0, k_most_chips).map(({key, name}) =>
      html`<wa-button size="s" pill appearance="outlined" data-owner=${key}
      @click=${() => form.set('owner_unit', key)}>${name}</wa-button>`)}</div>`}
    ${besides(form, 'owner_unit', 'unit')}`;
}

const codeIn = (form: Form, text: string) =>
  form.owners.find(({name}) => name === text)?.key ?? (text.trim().toUpperCase() || undefined);

function position(form: Form) {
  const {longitude, latitude} = form.value.place ?? {};
  const take = ({detail}: CustomEvent<Position>) => {
    form.set('place.longitude', detail.longitude);
    form.set('place.latitude', detail.latitude);
  };
  return html`<div class="member" data-member="place.longitude">
    <sg-position label=${t('apply.position')} @change=${take}></sg-position>
    <wa-details summary=${longitude && latitude ? `${latitude}, ${longitude}` : t('apply.position_by_hand')}>
      <div class="row">${field(form, 'place.latitude')}${field(form, 'place.longitude')}</div></wa-details>
    ${besides(form, 'place')}</div>`;
}

export const placeStep = (form: Form) => html`
  ${ownUnit(form)}
  <div class="member" data-member="area"><sg-area label=${t('field.area')} .areas=${form.registers.area}
    .value=${form.value.area ?? ''} @change=${(e: CustomEvent) => form.set('area', e.detail)}></sg-area>
    ${besides(form, 'area')}</div>
  ${ownerUnit(form)} ${field(form, 'place.address')} ${position(form)}
  ${field(form, 'place.outdoor')} ${field(form, 'place.confined_space')}
  <wa-input class="short" type="number" min="0" max="999" label=${t('field.height_metres')}
    .value=${form.value.place?.height_metres ?? '0'}
    @input=${(e: any) => form.set('place.height_metres', e.target.value || undefined)}></wa-input>`;
