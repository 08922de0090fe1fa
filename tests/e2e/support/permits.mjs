// Permits for tests, made by programs of the demo's accounts: what a test does not click itself.
import {readFileSync} from 'node:fs';
import {k_place, programOf} from './office.mjs';

export const at = (hours) => new Date(Date.now() + hours * 3600_000).toISOString().replace(/\.\d+Z$/, 'Z');
export const k_here = {longitude: String(k_place.longitude), latitude: String(k_place.latitude), accuracy_metres: 8};
const k_photo = readFileSync(new URL('../../data/site.jpg', import.meta.url));

/** Sends a photo that is told from others by a comment in it; its name. */
export async function sendPhoto(program, whose) {
  const comment = Buffer.from(`the photo of ${whose}`);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]); // of the segment, with its length
  const bytes = Buffer.concat([k_photo.subarray(0, 2), head, comment, k_photo.subarray(2)]);
  return (await program.post('/photos', bytes, {'Content-Type': 'image/jpeg'})).sha256;
}

export const application = (over = {}) => ({
  unit: '91500230MADEMA01XB', owner_unit: '91500230MADEMA11X1', area: '500230111201-01',
  place: {address: '一车间东门', longitude: k_here.longitude, latitude: k_here.latitude, outdoor: false,
    confined_space: false, height_metres: '0'},
  work: '行车轨道焊接支架', method: 'electric_welding', special_equipment: false, explosive_place: false,
  running_or_pressurised: false, isolated_with_approval: false, tank_bund: false, pipe_rack: false, wind_force: 2,
  essential: false, starts: at(0), ends: at(4), operators: ['T500230198604120315'], fire_watch: '500230198302140863',
  person_in_charge: '500230199001011093', machines: ['DEMO-WM-01'], measures: [{code: 'A.1-8'}, {code: 'A.1-9'}],
  ...over,
});

/** Programs of those accounts, by name; one sign-in after the other, as the service lets few in at a time. */
export async function programsOf(office, ...logins) {
  const programs = {};
  for (const login of logins) programs[login] = await programOf(office, login);
  return programs;
}

/** A permit that waits for its approvals: applied for, submitted and qualified. */
export async function applied(programs, over) {
  const {id} = await programs.applicant.post('/permits', application(over));
  await programs.applicant.act('permits', id, 'submit');
  return id;
}

export async function consented(programs, id) {
  const {data} = await programs.site_owner.get(`/permits/${id}`);
  await programs.site_owner.act('permits', id, 'consent', {scope_hash: data.scope_hash});
}

const spotOf = ({application: {place}}) =>
  ({longitude: place.longitude, latitude: place.latitude, accuracy_metres: 8});

/** Consented to and approved by as many supervisors as it needs; then the site is confirmed. */
export async function approved(programs, id) {
  await consented(programs, id);
  for (const name of ['supervisor1', 'supervisor2', 'supervisor3']) {
    const {state, data} = await programs[name].get(`/permits/${id}`);
    if (state !== 'UnderReview') break;
    await programs[name].act('permits', id, 'approve',
      {scope_hash: data.scope_hash, opinion: '现场已看', position: spotOf(data),
        photo: await sendPhoto(programs[name], name + id)});
  }
  const {data} = await programs.supervisor1.get(`/permits/${id}`);
  await programs.supervisor1.act('permits', id, 'confirm_site', {position: spotOf(data)});
}

const checked = ['place', 'work', 'people', 'surroundings', 'measures', 'equipment', 'gas', 'weather'];

/** At work: watch checked in, briefing, measures, gas and site checked, started. */
export async function started(programs, id) {
  const {applicant, fire_watch, operator} = programs;
  const {data} = await applicant.get(`/permits/${id}`);
  const position = spotOf(data);
  await fire_watch.act('permits', id, 'watch_checked_in', {position});
  await operator.act('permits', id, 'briefing_accepted');
  for (const {code} of data.measures) await applicant.act('permits', id, 'measure_confirmed', {code});
  await fire_watch.act('permits', id, 'gas_test', {sampled_at: at(0), instrument: 'DEMO-GD-01', readings: [
    {point: '支架处', substance: '甲烷', lel_percent: '5', reading_percent: '0.05'}]});
  await applicant.act('permits', id, 'pre_start_check',
    {items: checked.map((code) => ({code, as_permitted: true})), position});
  await applicant.act('permits', id, 'start');
}
