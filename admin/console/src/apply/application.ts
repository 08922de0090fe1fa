// The application between the form and the service: sensible beginnings, what is declared by not being ticked, what is
// still missing.
import {now} from '../service/clock';
import {get} from '../service/client';
import {grantsOf, me} from '../service/session';
import type {Instance, Schema} from '../service/types';
import {resolve} from '../service/workflows';
import type {Application} from './drafts';
import type {Pack} from './pack';
import type {Registers} from './registers';
import {troublesOf} from './trouble';

const k_hour = 3600_000;
const k_usual_hours = 4;
const k_quarter = 15 * 60_000;

export const timeText = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

/** The quarter of an hour that has begun. */
export const soon = () => Math.floor(now() / k_quarter) * k_quarter;

// The only one that could be chosen is chosen.
function onlyOne(records: Instance[], member: string): string | undefined {
  const usable = records.filter((one) => !troublesOf(one).some(({severe}) => severe));
  const keys = [...new Set(usable.map((one) => one.data[member]))];
  return keys.length === 1 ? keys[0] : undefined;
}

export function firstApplication(found: Registers): Application {
  const unit = grantsOf('applicant').find((grant) => grant.unit)?.unit;
  const own = found.unit.find((one) => one.data.credit_code === unit);
  const myself = found.person.find(({id}) => id === me()!.person);
  const operator = onlyOne(found.certificate, 'certificate_no');
  const defaults: Application = {
    unit,
    area: own?.data.area,
    place: {outdoor: false, confined_space: false, height_metres: '0'},
    starts: timeText(soon()),
    ends: timeText(soon() + k_usual_hours * k_hour),
    operators: operator ? [operator] : [],
    fire_watch: onlyOne(found.fire_watch, 'id_number'),
    person_in_charge: myself?.data.id_number,
    machines: [],
    measures: [],
  };
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}

/** Of a permit that is being amended, with the numbers of its people. */
export async function applicationOf(permit: Instance, people: Instance[]): Promise<Application> {
  const {renews: _, ...body} = await get<Application>(`/permits/${permit.id}/renewal`);
  const {starts, ends, renews} = permit.data.application;
  return {...body, starts, ends, ...(renews ? {renews} : {}), measures: withConfirmers(body.measures, permit, people)};
}

// A renewal names nobody who confirms. In the permit they stand by their names: whoever in the register is called so.
function withConfirmers(measures: any[], permit: Instance, people: Instance[]) {
  const {measures: before, person_in_charge} = permit.data.application;
  return measures.map((measure) => {
    const by = before.find(({code}: {code: string}) => code === measure.code)?.by;
    const called = people.filter(({data}) => data.name === permit.data.people?.[by]?.name);
    return by !== person_in_charge && called.length === 1 ? {...measure, by: called[0].data.id_number} : measure;
  });
}

/** "Again like this one": the same work from now on, for as long. */
export async function applicationLike(id: string): Promise<Application> {
  const {renews: _, ...body} = await get<Application>(`/permits/${id}/renewal`);
  const length = Date.parse(body.ends) - Date.parse(body.starts);
  return {...body, starts: timeText(soon()), ends: timeText(soon() + length)};
}

export const renewalOf = (id: string) => get<Application>(`/permits/${id}/renewal`);

// Questions that only arise with the answer to another.
export const k_only_with: Record<string, string> = {
  isolated_with_approval: 'explosive_place',
  combustibles_guarded: 'combustibles_within_reach',
  venue_open: 'high_rise_or_public',
  wind_shielded: 'outdoor',
  wind_force: 'outdoor',
  essential: 'outdoor',
};

export const isAsked = (name: string, value: Application) => {
  const condition = k_only_with[name];
  return !condition || (value[condition] ?? value.place?.[condition]) === true;
};

/** What is sent: everything that the pack asks with yes or no is answered, what is not ticked with no. */
export function bodyOf(value: Application, pack: Pack, schema: Schema): Application {
  const body: Application = {...value, place: {...value.place}};
  for (const name of pack.asked) {
    const is_question = resolve(schema.properties?.[name] ?? {}, schema).type === 'boolean';
    if (is_question && (body[name] === undefined || !isAsked(name, value))) body[name] = false;
  }
  if (!isAsked('wind_force', value)) delete body.wind_force;
  if (!body.special_works?.length) delete body.special_works;
  if (!body.hazards?.length) delete body.hazards;
  return body;
}

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && !value.length);

/** Required members that are not given: "work", "place.address". */
export function missingOf(value: Application, schema: Schema): string[] {
  const missing = (schema.required ?? []).filter((name) => name !== 'place' && isEmpty(value[name]));
  const place = resolve(schema.properties?.place ?? {}, schema);
  missing.push(...(place.required ?? []).filter((name) => isEmpty(value.place?.[name])).map((name) => `place.${name}`));
  return missing;
}
