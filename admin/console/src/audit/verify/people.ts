// Who signed what: each entry's signature is about this entry, by a key of that person that was in force, and stands.
import {allSound, type Case, chainOf, type Checked, type Head, isNumber} from './case';
import {canonical, isObject, type Json, memberOf, parsed, parsedCanonical, textIn, timeOf} from './json';
import {keyBook, type KeyLife, wasActive} from './rings';
import {hashOfText, readKey, signatureStands} from './signature';

type Standing = 'unsigned' | 'valid' | 'erased' | 'elsewhere' | {wrong: string}; // elsewhere: of another kind of key

const wrong = (reason: string): Standing => ({wrong: reason});

const k_intent_texts = ['origin', 'workflow', 'instance', 'event', 'scope_hash', 'payload_hash', 'pack', 'key',
  'not_after'];
const k_intent_numbers = ['v', 'seen_seq', 'counter'];
// What the server tells otherwise than a device did: times in its own, people by their names within the permit.
const k_told_otherwise = ['sampled_at', 'from', 'until', 'operators'];

function parseIntent(text: string): Json | null {
  const intent = parsedCanonical(text);
  const isOurs = isObject(intent) && Object.keys(intent).length === k_intent_texts.length + k_intent_numbers.length &&
    k_intent_texts.every((name) => typeof intent[name] === 'string') &&
    k_intent_numbers.every((name) => isNumber(intent[name])) && intent.v === 1;
  return isOurs && timeOf(intent.not_after) !== null ? intent : null;
}

/** The payload as it was sent, from the members that the record names; null when one is not there. */
function payloadOf({record}: Checked, names: Json): Json | null {
  if (!Array.isArray(names)) return null;
  const payload: [string, Json][] = [];
  for (const name of names) {
    const part = [record.facts, record.personal].find((one) => memberOf(one, name) !== undefined);
    if (!part) return null;
    payload.push([name, part[name]]);
  }
  return Object.fromEntries(payload);
}

function isAbout(intent: Json, head: Head, kid: string, counter: unknown, hash: string) {
  return intent.origin === head.origin && intent.workflow === head.workflow && intent.event === head.type &&
    intent.instance === (head.seq === 0 ? '' : head.instance) && intent.key === kid && intent.payload_hash === hash &&
    intent.counter === counter;
}

async function stands(life: KeyLife | undefined, kid: string, text: string, signed: Json): Promise<Standing> {
  if (!life?.publicKey) return 'erased';
  const hasWebParts = ['client_data', 'authenticator_data'].some((name) => memberOf(signed, name) !== undefined);
  if (hasWebParts !== (life.kind === 'passkey')) return wrong('signature');
  if (life.kind !== 'p256') return 'elsewhere';
  const key = await readKey(life.kind, life.publicKey, kid);
  if (!key) return 'erased';
  return (await signatureStands(key, text, textIn(signed, 'signature'))) ? 'valid' : wrong('signature');
}

async function judgeSigned(checked: Checked, signed: Json, life?: KeyLife): Promise<Standing> {
  const {record: {personal}} = checked, head = checked.head!, kid = textIn(signed, 'kid');
  if (personal === undefined) return 'erased';
  const record = memberOf(personal, 'signature');
  const text = textIn(record, 'intent'), intent = parseIntent(text);
  const payload = intent && payloadOf(checked, memberOf(record, 'members'));
  if (!intent) return wrong('malformed');
  const hash = payload && await hashOfText(canonical(payload));
  if (!hash || !isAbout(intent, head, kid, memberOf(signed, 'counter') ?? 0, hash)) return wrong('intent');
  if (intent.seen_seq > head.seq - 1) return wrong('stale');
  if (timeOf(head.at)! >= timeOf(intent.not_after)!) return wrong('expired');
  return stands(life, kid, text, record);
}

/** False when the entry has such a member, and nowhere with that value. */
function isTold({record}: Checked, member: string, value: Json): boolean {
  const told = [record.facts, record.personal].map((part) => memberOf(part, member)).filter((one) => one !== undefined);
  return !told.length || told.some((one) => canonical(one) === canonical(value)) || k_told_otherwise.includes(member);
}

async function judgeDevice(checked: Checked, field: Json, life?: KeyLife): Promise<Standing> {
  const {record: {personal}} = checked, head = checked.head!;
  if (personal === undefined) return 'erased';
  const proof = memberOf(personal, 'field'), text = textIn(proof, 'text'), claim = parsed(text);
  const isText = (await hashOfText(text)).slice(0, 16) === textIn(field, 'digest');
  const expected = {device: field.device, id: field.id, seq: field.seq, permit: head.instance, event: head.type};
  const isAboutIt = isText && Object.entries(expected).every(([name, value]) => memberOf(claim, name) === value);
  const payload = memberOf(claim, 'payload');
  if (!isAboutIt || !isObject(payload)) return wrong('intent');
  if (!Object.entries(payload).every(([member, value]) => isTold(checked, member, value))) return wrong('intent');
  return stands(life, textIn(field, 'device'), text, proof);
}

class People {
  readonly #book: Map<string, KeyLife>;
  readonly #people: Record<string, Json> = {}; // of the instance, by their names within it
  readonly #counters = new Map<string, number>(); // of each key, the highest so far
  readonly count = {unsigned: 0, valid: 0, erased: 0, elsewhere: 0};

  constructor(readonly c: Case) {
    this.#book = keyBook(c);
  }

  async #standing(checked: Checked): Promise<Standing> {
    const {facts} = checked.record, signed = memberOf(facts, 'signed'), field = memberOf(facts, 'field');
    const isDevice = isObject(field) && memberOf(facts, 'refused') === undefined;
    if (!isDevice && signed === undefined) return 'unsigned';
    const kid = isDevice ? textIn(field, 'device') : textIn(signed, 'kid'), life = this.#book.get(kid);
    const found = isDevice ? await judgeDevice(checked, field, life) : await judgeSigned(checked, signed, life);
    if (typeof found === 'object') return found;
    return this.#wasTheirs(checked, life) && (isDevice || this.#counterGrows(kid, memberOf(signed, 'counter')))
      ? found : wrong('key');
  }

  #wasTheirs({head, index}: Checked, life?: KeyLife): boolean {
    if (!life) return false;
    const person = textIn(memberOf(this.#people, head!.actor), 'person');
    const takesKey = head!.workflow === 'key_ring' && ['enrol', 'add_key'].includes(head!.type);
    return (!person || !life.person || life.person === person) &&
      (takesKey ? life.enrolled === index : wasActive(life, index));
  }

  #counterGrows(kid: string, counter: unknown): boolean {
    const last = this.#counters.get(kid) ?? -1, next = isNumber(counter) ? counter : 0;
    this.#counters.set(kid, Math.max(last, next));
    return next > last;
  }

  async judge(checked: Checked) {
    Object.assign(this.#people, memberOf(checked.record.personal, 'people'));
    const standing = await this.#standing(checked);
    if (typeof standing === 'object') {
      this.c.verdict.say('signatures', 'person_signature_wrong', {file: checked.file, reason: standing.wrong});
    } else if (standing !== 'unsigned' || checked.head!.actor !== 'system') {
      this.count[standing] += 1;
    }
  }

  conclude() {
    const {valid, unsigned, erased, elsewhere} = this.count;
    const say = (step: string, code: string, details = {}) => this.c.verdict.say(step, code, details);
    if (valid) say('signatures', 'signatures_valid', {count: valid});
    if (unsigned) say('signatures', 'unsigned_here', {count: unsigned});
    if (erased) say('signatures', 'signatures_erased', {count: erased});
    if (elsewhere) say('signatures', 'kinds_not_here', {count: elsewhere});
    if (valid) say('signatures', 'terms_not_here');
    say('keys', valid + elsewhere ? 'keys_not_here' : 'no_keys_used');
  }
}

export async function checkPeople(c: Case) {
  if (!allSound(c) || !c.verdict.holds('chain')) {
    for (const step of ['signatures', 'keys']) c.verdict.say(step, 'entries_doubtful');
    return;
  }
  const people = new People(c);
  for (const checked of chainOf(c, 'entries')) await people.judge(checked);
  people.conclude();
}
