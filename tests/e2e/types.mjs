// The console's sources hold together: the compiler agrees, and both languages have the same words, all of them used.
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

for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
