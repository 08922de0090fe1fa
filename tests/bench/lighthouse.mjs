// Lighthouse's scores of the main pages, signed in, on its slowed-down phone and on a desk: node tests/bench/lighthouse.mjs.
// Performance depends on the machine, so it is a figure to read; the other scores must be whole.
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {Office, root} from '../e2e/support/office.mjs';

const lighthousePath = createRequire(path.join(root, 'build-e2e/')).resolve('lighthouse');
const {default: lighthouse, desktopConfig} = await import(pathToFileURL(lighthousePath));

const k_port = 9333;
const mains = {
  '': ['sign-in'],
  applicant: ['home', 'permits', 'apply'],
  fire_watch: ['site'],
  supervisor1: ['review', 'board'],
};
const categories = ['performance', 'accessibility', 'best-practices'];

const office = await Office.open({browserFlags: [`--remote-debugging-port=${k_port}`], persistent: true});
let whole = true;
console.log(['page'.padEnd(28), ...categories].join('  '));
for (const [login, pages] of Object.entries(mains)) {
  await office.signInAlone(login);
  for (const name of pages) {
    for (const [device, config] of [['phone', undefined], ['desk', desktopConfig]]) {
      const where = ['home', 'sign-in'].includes(name) ? '' : name;
      const {lhr} = await lighthouse(`${office.address}/console/${where}`,
        {port: k_port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error'}, config);
      const scores = categories.map((one) => Math.round(lhr.categories[one].score * 100));
      whole &&= scores[1] === 100 && scores[2] === 100;
      console.log([`${name} (${login || 'nobody'}, ${device})`.padEnd(28), ...scores.map((score, i) =>
        String(score).padStart(categories[i].length))].join('  '));
      for (const audit of Object.values(lhr.audits)) {
        const counts = audit.score !== null && audit.score < 1 && ['binary'].includes(audit.scoreDisplayMode);
        if (counts) console.log(`    ${audit.id}: ${audit.title}`);
      }
    }
  }
}
await office.close();
process.exit(whole ? 0 : 1);
