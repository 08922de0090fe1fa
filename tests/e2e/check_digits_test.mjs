// The console says the same of check digits as the service does (tests/certs/identifiers_test.cpp), number by number.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const console_folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../admin/console');
const {build} = createRequire(path.join(console_folder, 'package.json'))('esbuild');
const {outputFiles: [{text}]} = await build({
  entryPoints: [path.join(console_folder, 'src/form/check-digits.ts')], bundle: true, write: false, format: 'esm'});
const {digitFaults, idNumberInCertificate, isCreditCode, isIdNumber} =
  await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);

const k_id = '11010519491231002X'; // the standard's own example
const k_cases = [
  [isIdNumber, true, [k_id, k_id.toLowerCase(), '500230198604120315']],
  [isIdNumber, false,
    ['', '110105194912310021', '11010519491231020X', '11010519491231002', `${k_id}X`, '1101051949123100AX']],
  [isCreditCode, true, ['91500230MAGY5M8LN6', '91500230magy5m8ln6', '91500230MADEMA01XB']],
  [isCreditCode, false, ['', '91500230MAGY5M8LN7', '91500230MAGY5M8LN', '91500230MAGI5M8LN6', '91500230MAGZ5M8LN6']],
];
for (const [check, good, texts] of k_cases) {
  for (const one of texts) assert.equal(check(one), good, `${check.name} ${one}`);
}
assert.equal(idNumberInCertificate(`t${k_id.toLowerCase()}`), k_id);
for (const one of ['', k_id, `T${k_id.slice(0, 17)}`, `S${k_id}`]) assert.equal(idNumberInCertificate(one), '', one);

const k_records = [
  [{id_number: k_id, certificate_no: `T${k_id}`}, {}],
  [{id_number: '110105194912310021'}, {id_number: 'id_number'}],
  [{id_number: '1101051949123100211'}, {id_number: 'id_length'}],
  [{id_number: 'E12345678'}, {}], // a passport has no check digit that we know of
  [{certificate_no: 'T110105194912310021'}, {certificate_no: 'certificate_no'}],
  [{certificate_no: 'T5002301986041203155'}, {certificate_no: 'certificate_no'}], // one too many
  [{id_number: k_id, certificate_no: 'T500230198604120315'}, {certificate_no: 'certificate_of_another'}],
  [{certificate_no: 'ZJ-2024-00017'}, {}],
  [{credit_code: '91500230MAGY5M8LN7'}, {credit_code: 'credit_code'}],
  [{credit_code: '9150'}, {}], // still being typed
];
for (const [record, faults] of k_records) assert.deepEqual(digitFaults(record), faults, JSON.stringify(record));
console.log('kept: numbers are judged as the service judges them');
