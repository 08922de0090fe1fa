// Builds the console: node build.mjs OUT. Writes OUT/site (what is served), OUT/assets.cpp (the same inside the binary)
// and prints what a first visit loads.
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {cp, mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? 'dist');
const site = path.join(out, 'site');

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  loader: {'.svg': 'text', '.def': 'text', '.png': 'dataurl'},
};

// Everything that pages load, by names that change with their content.
async function buildPages() {
  const {metafile} = await build({
    ...common,
    entryPoints: ['src/main.ts', 'src/styles.css'],
    splitting: true,
    outdir: path.join(site, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
  });
  const outputs = Object.entries(metafile.outputs);
  const named = (entry) => path.basename(outputs.find(([, output]) => output.entryPoint === entry)[0]);
  return {outputs, script: named('src/main.ts'), style: named('src/styles.css')};
}

// What the browser fetches before the first page can be seen: the entry and all that it imports without being asked.
function firstLoad({outputs, script}) {
  const byPath = new Map(outputs);
  const seen = new Set();
  const add = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const {path: next, kind} of byPath.get(name).imports) if (kind === 'import-statement') add(next);
  };
  add(outputs.find(([name]) => path.basename(name) === script)[0]);
  return [...seen].map((name) => path.resolve(here, name));
}

async function writeIndex({script, style}, preload) {
  const links = preload.filter((file) => path.basename(file) !== script)
    .map((file) => `<link rel="modulepreload" href="/console/assets/${path.basename(file)}">`).join('\n    ');
  const html = (await readFile(path.join(here, 'index.html'), 'utf8'))
    .replace('{{script}}', `/console/assets/${script}`)
    .replace('{{style}}', `/console/assets/${style}`)
    .replace('{{preload}}', links);
  await writeFile(path.join(site, 'index.html'), html);
}

// The worker keeps the whole console for work without network; a file's name or hash is its version.
async function buildWorker() {
  const files = (await listFiles(site)).filter((file) => file !== 'sw.js');
  const manifest = await Promise.all(files.map(async (file) => ({
    url: file === 'index.html' ? '/console/' : `/console/${file}`,
    revision: file.startsWith('assets/') ? null : hash(await readFile(path.join(site, file))),
  })));
  await build({
    ...common,
    entryPoints: ['src/sw.ts'],
    format: 'iife',
    outfile: path.join(site, 'sw.js'),
    define: {'self.__WB_MANIFEST': JSON.stringify(manifest)},
  });
}

async function listFiles(folder, below = '') {
  const files = [];
  for (const entry of await readdir(path.join(folder, below), {withFileTypes: true})) {
    const name = path.posix.join(below, entry.name);
    files.push(...(entry.isDirectory() ? await listFiles(folder, name) : [name]));
  }
  return files.sort();
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

// The bytes are taken in by the assembler (.incbin): a compiler would need minutes for so long an array.
async function writeAssets() {
  const packed = path.join(out, 'packed');
  await mkdir(packed, {recursive: true});
  const blocks = [];
  const rows = [];
  for (const [n, file] of (await listFiles(site)).entries()) {
    const bytes = await readFile(path.join(site, file));
    await writeFile(path.join(packed, `${n}.gz`), gzipSync(bytes, {level: 9}));
    for (const [name, from] of [[`asset_${n}`, path.join(site, file)], [`asset_${n}_gz`, path.join(packed, `${n}.gz`)]]) {
      blocks.push(`asm(R"(.section .rodata
${name}: .incbin "${from}"
${name}_end: .byte 0
.text)");
extern "C" const char ${name}[] asm("${name}"), ${name}_end[] asm("${name}_end");`);
    }
    rows.push(`    {"${file}", {"${types[path.extname(file)]}", "${hash(bytes)}", view(asset_${n}, asset_${n}_end), ` +
      `view(asset_${n}_gz, asset_${n}_gz_end)}},`);
  }
  await writeFile(path.join(out, 'assets.cpp'), `// Made by admin/console/build.mjs.
#include "admin/console_assets.h"
${blocks.join('\n')}
namespace sparkgate::admin {
namespace {
std::string_view view(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }
}  // namespace
const std::map<std::string_view, api::Asset>& console_assets() {
  static const std::map<std::string_view, api::Asset> assets = {
${rows.join('\n')}
  };
  return assets;
}
}  // namespace sparkgate::admin
`);
}

const size = async (files) => {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(file), {level: 9}).length));
  return (sizes.reduce((sum, one) => sum + one, 0) / 1024).toFixed(1);
};

await rm(out, {recursive: true, force: true});
await mkdir(site, {recursive: true});
const pages = await buildPages();
const first = firstLoad(pages);
await cp(path.join(here, 'public'), site, {recursive: true});
await writeIndex(pages, first);
await buildWorker();
await writeAssets();
console.log(`console: first load ${await size(first)} KiB of script, compressed`);
