// Builds the console: node build.mjs OUT. Writes OUT/site (what is served), OUT/assets.cpp (the same inside the binary)
// and prints what a first visit loads.
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import {build, transform} from 'esbuild';
import {createHash} from 'node:crypto';
import {cp, mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {rollup} from 'rollup';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? 'dist');
const site = path.join(out, 'site');

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  loader: {'.png': 'dataurl'},
};

// What else than plain scripts is imported: TypeScript, data and texts.
const k_texts = ['.svg', '.def'];
const unmapped = (code) => ({code, map: null});
const readOthers = async () => {
  const tsconfigRaw = await readFile(path.join(here, 'tsconfig.json'), 'utf8');
  return {
    name: 'others',
    async transform(text, file) {
      const kind = path.extname(file), {target} = common;
      if (kind === '.ts') {
        return unmapped((await transform(text, {loader: 'ts', target, tsconfigRaw, sourcefile: file})).code);
      }
      if (kind === '.json') return unmapped(`export default ${text}`);
      return k_texts.includes(kind) ? unmapped(`export default ${JSON.stringify(text)}`) : null;
    },
    async renderChunk(text) {
      const {minify, target, legalComments} = common;
      return unmapped((await transform(text, {minify, target, legalComments, format: 'esm'})).code);
    },
  };
};

// Forms within forms import one another; two old libraries look for a global by `this`.
const k_harmless = ['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'];

// Each page is a script of its own, fetched when it is first opened. What the first script holds is not divided again,
// and crumbs are put together: on a bad network each request costs more than a few bytes that are not needed.
const k_least_bytes = 8000;

async function buildPages() {
  const bundle = await rollup({
    logLevel: 'warn',
    input: path.join(here, 'src/main.ts'),
    plugins: [resolve({extensions: ['.ts', '.js', '.mjs'], browser: true}), commonjs(), await readOthers()],
    onwarn: (warning, warn) => k_harmless.includes(warning.code) || warn(warning),
  });
  const names = '[name]-[hash].js';
  const {output} = await bundle.write({dir: path.join(site, 'assets'), entryFileNames: names, chunkFileNames: names,
    experimentalMinChunkSize: k_least_bytes});
  const entry = output.find(({isEntry}) => isEntry);
  return {script: entry.fileName, first: [entry.fileName, ...entry.imports], style: await buildStyle()};
}

async function buildStyle() {
  const {metafile} = await build({...common, entryPoints: ['src/styles.css'], outdir: path.join(site, 'assets'),
    entryNames: '[name]-[hash]', metafile: true});
  return path.basename(Object.keys(metafile.outputs)[0]);
}

async function writeIndex({script, style}) {
  const html = (await readFile(path.join(here, 'index.html'), 'utf8'))
    .replace('{{script}}', `/console/assets/${script}`)
    .replace('{{style}}', `/console/assets/${style}`);
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
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(path.join(site, 'assets', file)), {level: 9}).length));
  return (sizes.reduce((sum, one) => sum + one, 0) / 1024).toFixed(1);
};

await rm(out, {recursive: true, force: true});
await mkdir(site, {recursive: true});
const pages = await buildPages();
await cp(path.join(here, 'public'), site, {recursive: true});
await writeIndex(pages);
await buildWorker();
await writeAssets();
console.log(`console: first load ${await size(pages.first)} KiB of script, compressed`);
