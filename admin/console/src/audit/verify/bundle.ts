// The files of an evidence bundle as a value; their grammar stands at the head of workflows/evidence/bundle.cpp.
// Whatever does not fit is said in the manifest's step; only a bundle without a manifest is none.
import {type Files, Unusable} from './archive';
import {type Bytes, fromBase64, fromHex, hex, sha256, textOf, utf8} from './bytes';
import {parseCheckpoint} from './checkpoint';
import {canonical, isObject, type Json, memberOf, parsed, parsedCanonical, textIn} from './json';
import {leafHash} from './merkle';
import {parseNote} from './note';
import type {Verdict} from './verdict';

/** One entry with its payload and proof; anything may be missing. */
export interface Recorded {
  bytes: Bytes;
  text: string | null;
  leaf: Bytes;
  proof: string | null;
  facts?: Json;
  factsDigest?: Bytes;
  personal?: Json;
  personalDigest: Bytes; // stays when the personal part is not there
}

export interface Bundle {
  workflow: string;
  instance: string;
  checkpoint: string;
  chains: Map<string, Map<number, Recorded>>; // "entries", "heads", "log", "keys/INSTANCE"
  slots: Map<string, string>;
  packs: Map<string, Bytes>; // by digest
  stamps: Set<number>;
}

const k_format = 'sparkgate-evidence/1';
const k_max_entry_bytes = 65_535;
const k_part_depth = 33;

export const fileOf = (folder: string, number: number) => `${folder}/${String(number).padStart(6, '0')}.json`;

const split = (name: string) => {
  const [, folder = '', base, extension] = /^(?:(.*)\/)?([^./]*)([^/]*)$/.exec(name)!;
  return {folder, base, extension, number: /^\d{6}$/.test(base) ? Number(base) : null};
};

const emptyRecord = (): Recorded =>
  ({bytes: new Uint8Array(), text: '', leaf: new Uint8Array(32), proof: null, personalDigest: new Uint8Array(32)});

type Taken = 'yes' | 'file_malformed' | 'file_unknown';

/** {"salt", "value"}: the value and its salted digest. */
async function partOf(content: Bytes): Promise<{value: Json; digest: Bytes} | null> {
  const json = parsedCanonical(textOf(content), k_part_depth);
  const salt = fromBase64(memberOf(json, 'salt'));
  if (!isObject(json) || Object.keys(json).length !== 2 || !('value' in json) || salt?.length !== 32) return null;
  return {value: json.value, digest: await sha256(salt, utf8(canonical(json.value)))};
}

async function takeRecord(record: Recorded, extension: string, content: Bytes): Promise<Taken> {
  if (extension === '.json') {
    Object.assign(record, {bytes: content, text: textOf(content), leaf: await leafHash(content)});
    return content.length <= k_max_entry_bytes ? 'yes' : 'file_malformed';
  }
  if (extension === '.proof') {
    record.proof = textOf(content);
    return 'yes';
  }
  const part = await partOf(content);
  if (!part) return 'file_malformed';
  if (extension === '.facts.json') Object.assign(record, {facts: part.value, factsDigest: part.digest});
  else Object.assign(record, {personal: part.value, personalDigest: part.digest});
  return 'yes';
}

function recordIn(bundle: Bundle, folder: string, number: number): Recorded {
  if (!bundle.chains.has(folder)) bundle.chains.set(folder, new Map());
  const chain = bundle.chains.get(folder)!;
  if (!chain.has(number)) chain.set(number, emptyRecord());
  return chain.get(number)!;
}

const k_record_files = ['.json', '.facts.json', '.personal.json', '.proof'];
const k_stamp_files = ['.tsr', '.checkpoint', '.consistency'];

async function take(bundle: Bundle, name: string, content: Bytes): Promise<Taken> {
  const {folder, base, extension, number} = split(name);
  const holdsRecords = /^(entries|heads|log|keys\/[^/]*)$/.test(folder);
  if (holdsRecords && number !== null && k_record_files.includes(extension)) {
    return takeRecord(recordIn(bundle, folder, number), extension, content);
  }
  if (folder === 'timestamps' && number !== null && k_stamp_files.includes(extension)) bundle.stamps.add(number);
  else if (name === 'checkpoint') bundle.checkpoint = textOf(content) ?? '';
  else if (folder === 'heads' && extension === '.slot') bundle.slots.set(base, textOf(content) ?? '');
  else if (folder === 'packs' && extension === '.json') bundle.packs.set(base, content);
  else return 'file_unknown';
  return 'yes';
}

// Digests of personal parts that are not there; whether they are right shows with the entry's hash.
function takeAbsent(absent: Record<string, Json>, bundle: Bundle) {
  for (const [file, value] of Object.entries(absent)) {
    const {folder, number} = split(file);
    const record = number === null ? undefined : bundle.chains.get(folder)?.get(number);
    const digest = fromHex(value);
    if (record && record.personal === undefined && digest?.length === 32) record.personalDigest = digest;
  }
}

type Listing = Record<string, {sha256: string; size: number}>;

async function listingOf(files: Files): Promise<Listing> {
  const rows = [...files].filter(([name]) => name !== 'manifest.json')
    .map(async ([name, content]) => [name, {sha256: hex(await sha256(content)), size: content.length}] as const);
  return Object.fromEntries(await Promise.all(rows));
}

function compare(told: Record<string, Json>, found: Listing, verdict: Verdict) {
  for (const name of Object.keys(told)) {
    if (!Object.hasOwn(found, name)) verdict.say('manifest', 'file_missing', {file: name});
  }
  for (const [name, row] of Object.entries(found)) {
    if (!Object.hasOwn(told, name)) verdict.say('manifest', 'file_unlisted', {file: name});
    else if (canonical(told[name]) !== canonical(row)) verdict.say('manifest', 'file_altered', {file: name});
  }
}

/** The one manifest that this bundle can have. */
function manifestText(bundle: Bundle, files: Listing): string {
  const tree = parseCheckpoint(parseNote(bundle.checkpoint)?.text ?? '');
  const absent = [...bundle.chains].flatMap(([folder, records]) => [...records]
    .filter(([, record]) => record.personal === undefined)
    .map(([number, record]) => [fileOf(folder, number).replace(/json$/, 'personal.json'), hex(record.personalDigest)]));
  return canonical({format: k_format, workflow: bundle.workflow, instance: bundle.instance, origin: tree?.origin ?? '',
    size: String(tree?.size ?? 0), files, absent: Object.fromEntries(absent)});
}

/** @throws Unusable when there is no manifest of this format. */
export async function bundleOf(files: Files, verdict: Verdict): Promise<Bundle> {
  const written = files.has('manifest.json') ? textOf(files.get('manifest.json')!) : null;
  const manifest = parsed(written);
  const told = memberOf(manifest, 'files'), absent = memberOf(manifest, 'absent');
  const isOurs = textIn(manifest, 'format') === k_format;
  if (!isOurs || !isObject(told) || !isObject(absent)) throw new Unusable('no_manifest');
  const listed = await listingOf(files);
  compare(told, listed, verdict);
  const bundle: Bundle = {workflow: textIn(manifest, 'workflow'), instance: textIn(manifest, 'instance'),
    checkpoint: '', chains: new Map(), slots: new Map(), packs: new Map(), stamps: new Set()};
  for (const [name, content] of files) {
    const taken = name === 'manifest.json' ? 'yes' : await take(bundle, name, content);
    if (taken !== 'yes') verdict.say('manifest', taken, {file: name});
  }
  takeAbsent(absent, bundle);
  const isAsWritten = manifestText(bundle, listed) === written;
  if (!verdict.fails('manifest') && !isAsWritten) verdict.say('manifest', 'manifest_differs');
  if (!verdict.fails('manifest')) verdict.say('manifest', 'files_match', {count: files.size - 1});
  return bundle;
}
