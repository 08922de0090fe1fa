// The console's sources hold together: the compiler agrees, both languages have the same words, all of them used, and
// no two rooms shape the same class.
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../admin/console');
const read = (file) => readFileSync(path.join(folder, file), 'utf8');
const faults = [];

const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {cwd: folder, encoding: 'utf8'});
if (compiled.status) faults.push(compiled.stdout + compiled.stderr);

const zh = {}, en = {};
for (const file of readdirSync(path.join(folder, 'src/text/zh'))) {
  Object.assign(zh, JSON.parse(read(`src/text/zh/${file}`)));
  Object.assign(en, JSON.parse(read(`src/text/en/${file}`)));
}
for (const key of Object.keys(zh)) if (!(key in en)) faults.push(`English lacks ${key}`);
for (const key of Object.keys(en)) if (!(key in zh)) faults.push(`Chinese lacks ${key}`);

// A key is used as a whole, or its beginning is put together with something: "role.${...}".
const sources = readdirSync(path.join(folder, 'src'), {recursive: true}).filter((file) => file.endsWith('.ts'))
  .map((file) => read(`src/${file}`)).join('\n');
const beginnings = [...sources.matchAll(/[`']([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((found) => found[1]);
for (const key of Object.keys(zh)) {
  const used = sources.includes(`'${key}'`) || beginnings.some((beginning) => key.startsWith(beginning));
  if (!used) faults.push(`nobody uses ${key}`);
}

// All styles are one sheet: a class that two rooms shape is a quarrel, unless the common sheet has it.
const classesOf = (file) => new Set([...read(`src/${file}`).matchAll(/^\.([a-z-]+)/gm)].map((found) => found[1]));
const common = classesOf('styles.css'), owner = new Map();
for (const file of readdirSync(path.join(folder, 'src'), {recursive: true}).filter((name) => /\/.+\.css$/.test(name))) {
  for (const name of classesOf(file)) {
    if (owner.has(name) && !common.has(name)) faults.push(`both ${owner.get(name)} and ${file} shape .${name}`);
    owner.set(name, file);
  }
}

for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
