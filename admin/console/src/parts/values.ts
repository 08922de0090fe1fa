// Members and their values in words, wherever a page shows what the service stores.
import {maybe, t} from '../text/text';
import {moment} from '../text/time';

export type People = Record<string, {name: string}> | undefined;

const k_time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const k_person = /^p\d+$/;

export const labelOfMember = (name: string) => maybe(`field.${name}`, name.replaceAll('_', ' '));

function textOf(value: string, people: People): string {
  if (k_person.test(value)) return people?.[value]?.name ?? value;
  if (k_time.test(value)) return moment(value);
  return maybe(`option.${value}`, value);
}

export function valueText(value: unknown, people?: People): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'string') return textOf(value, people);
  if (Array.isArray(value)) return value.length ? value.map((one) => valueText(one, people)).join(t('list_comma'))
    : '–';
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => `${labelOfMember(name)} ${valueText(one, people)}`)
      .join(t('list_comma'));
  }
  return String(value);
}
