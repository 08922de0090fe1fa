// Whether something that must be nowhere lies somewhere after all: each secret in many encodings, in files and texts.
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

// What of the base64 stands there whatever comes before and behind.
function base64At(offset, bytes) {
  const all = Buffer.concat([Buffer.alloc(offset, 'x'), bytes]).toString('base64');
  return all.slice(offset ? offset + 1 : 0, Math.floor(((offset + bytes.length) * 8) / 6));
}

/** As it stands, as UTF-16 of both orders, in hexadecimal, base64 at each of three places, percent-encoded, as JSON. */
function formsOf(secret) {
  const utf8 = Buffer.from(secret);
  const texts = [utf8.toString('hex'), utf8.toString('hex').toUpperCase(), encodeURIComponent(secret),
    secret.replaceAll(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ...[0, 1, 2].map((offset) => base64At(offset, utf8))];
  return [utf8, Buffer.from(secret, 'utf16le'), Buffer.from(secret, 'utf16le').swap16(), ...texts.map((t) => Buffer.from(t))];
}

/** Searches files of the folder, and texts by name; {findings: ["SECRET in PLACE"], files, bytes}. */
export async function search(secrets, folder, texts) {
  const places = Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]);
  for (const entry of await readdir(folder, {withFileTypes: true, recursive: true})) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    places.push([file, await readFile(file)]);
  }
  const sought = secrets.map((secret) => [secret, formsOf(secret)]);
  const findings = places.flatMap(([place, bytes]) =>
    sought.filter(([, forms]) => forms.some((form) => bytes.includes(form))).map(([secret]) => `${secret} in ${place}`));
  return {findings, files: places.length, bytes: places.reduce((sum, [, bytes]) => sum + bytes.length, 0)};
}
