// The history of one instance as the log tells it: every entry with who, when and whether it was signed; what the
// rules said and whether they say it again; and the evidence of it all, to take away or to verify here.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/details/details.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import {badge, mark} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {findingsView, problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {go} from '../router';
import {type Finding, get} from '../service/client';
import type {Instance, Workflow} from '../service/types';
import {workflow} from '../service/workflows';
import {language, maybe, t} from '../text/text';
import {exactly} from '../text/time';
import {fetchEvidence, keepFile} from './evidence';
import {hand} from './handed';
import {personIn} from './shared';

interface Entry {
  index: number;
  seq: number;
  type: string;
  from: string;
  to: string;
  at: string;
  actor: string;
  leaf: string;
  signed?: {kid: string};
}

interface Decision {
  entry: Entry;
  stage: string;
  grade?: string;
  findings?: Finding[];
  pack?: {id: string; version: string; digest: string};
  inputs?: unknown;
  reevaluated: boolean | null; // null: the pack is gone
}

interface Told {
  instance: Instance;
  entries: Entry[];
  decisions: Decision[];
  spec: Workflow;
  published: number; // size of the log that the published checkpoint covers
}

@customElement('sg-history')
export class History extends Part {
  @property({attribute: false}) parameters!: {collection: string; id: string};
  @state() private share: number | null = null; // of the evidence, 0 to 1
  @state() private problem: unknown;

  #told = new Task(this, {task: ([path]) => this.#load(path),
    args: () => [`/${this.parameters.collection}/${this.parameters.id}`, language()] as const});

  async #load(path: string): Promise<Told> {
    const [instance, entries, decisions, log] = await Promise.all([get<Instance>(path),
      get<{items: Entry[]}>(`${path}/entries`), get<{items: Decision[]}>(`${path}/decisions`),
      fetch('/log/checkpoint').then((answer) => (answer.ok ? answer.text() : ''), () => '')]);
    return {instance, entries: entries.items, decisions: decisions.items, spec: await workflow(instance.workflow),
      published: Number(log.split('\n')[1]) || 0};
  }

  async #evidence(use: (bundle: Awaited<ReturnType<typeof fetchEvidence>>) => void) {
    this.problem = undefined;
    this.share = 0;
    try {
      const {collection, id} = this.parameters;
      use(await fetchEvidence(collection, id, (got, all) => (this.share = all ? got / all : 0)));
    } catch (error) {
      this.problem = error;
    }
    this.share = null;
  }

  #verifyHere = () => this.#evidence((bundle) => {
    hand(bundle);
    go('verify');
  });

  #evidenceView() {
    return html`<section class="card evidence"><h2>${t('history.evidence')}</h2><p
      class="muted">${t('history.evidence_about')}</p>
      <div class="row"><wa-button variant="brand" ?disabled=${this.share !== null} @click=${() =>
        this.#evidence(keepFile)}>
          ${icon('download')} ${t('history.download')}</wa-button>
        <wa-button ?disabled=${this.share !== null} @click=${this.#verifyHere}>${icon('shield')}
          ${t('history.verify')}</wa-button></div>
      ${this.share === null ? nothing : html`<wa-progress-bar label=${t('history.downloading')}
        value=${Math.round(this.share * 100)} ?indeterminate=${!this.share}></wa-progress-bar>`}
      ${problemView(this.problem)}</section>`;
  }

  // An entry beyond the published checkpoint is on disk and signed, and published within seconds.
  #proof(entry: Entry, published: number) {
    return entry.index < published
      ? html`<a href="/log/proof/${entry.index}" download="proof-${entry.index}.txt">
        ${t('history.proved', {index: entry.index})}</a>`
      : html`<span class="muted">${t('history.unpublished', {index: entry.index})}</span>`;
  }

  #entry({instance, spec, published}: Told, entry: Entry) {
    const label = spec.events.find(({name}) => name === entry.type)?.label ?? entry.type;
    const to = spec.states.find(({name}) => name === entry.to)?.label ?? entry.to;
    return html`<li data-seq=${entry.seq}><time datetime=${entry.at}>${exactly(entry.at)}</time>
      <strong>${label}</strong><span>${personIn(instance, entry.actor)}</span>
      ${entry.from === entry.to ? nothing : html`<span class="muted">→ ${to}</span>`}
      <span>${entry.signed ? html`${icon('key')} ${t('history.signed')} <code
        class="muted">${entry.signed.kid.slice(0, 12)}</code>` : nothing}</span>
      <span class="muted">${this.#proof(entry, published)} <code
        title=${entry.leaf}>${entry.leaf.slice(0, 12)}</code></span></li>`;
  }

  #again({reevaluated}: Decision) {
    if (reevaluated === null) return mark('warning', t('history.pack_gone'));
    return reevaluated ? mark('success', html`${icon('check')} ${t('history.repeats')}`)
      : mark('danger', t('history.differs'));
  }

  #decision(decision: Decision) {
    const {pack, findings = [], grade, stage, entry} = decision;
    return html`<wa-details class="judgement"><span slot="summary"
      class="row"><strong>${maybe(`stage.${stage}`, stage)}</strong>
        <span>${exactly(entry.at)}</span>${this.#again(decision)}</span>
      <p>${pack ? html`${pack.id} ${pack.version} <code class="muted">${pack.digest.slice(0, 12)}</code>` : nothing}
        ${grade ? t('history.grade', {grade: maybe(`grade.${grade}`, grade)}) : nothing}</p>
      ${findings.length ? findingsView(findings) : html`<p class="muted">${t('history.no_findings')}</p>`}
      ${decision.inputs ? html`<h4>${t('history.inputs')}</h4><pre
        class="command"><code>${JSON.stringify(decision.inputs, null, 2)}</code></pre>` : nothing}
    </wa-details>`;
  }

  override render() {
    return shown(this.#told, (told) => {
      const {instance, entries, decisions} = told, {data} = instance;
      return html`<p><a href="/console/${this.parameters.collection}/${instance.id}">${icon('back')}
        ${t('history.back')}</a></p>
        <div class="row"><h1>${data.number ?? data.address ?? data.name ?? t('history.title')}</h1>
          ${badge(instance.state, instance.state_label)}</div>
        ${this.#evidenceView()}
        <section class="card"><h2>${t('history.entries', {count: entries.length})}</h2>
          <ol class="history">${entries.map((entry) => this.#entry(told, entry))}</ol></section>
        ${decisions.length ? html`<section class="card"><h2>${t('history.decisions')}</h2><p
          class="muted">${t('history.decisions_about')}</p>
          <div class="stack">${decisions.map((one) => this.#decision(one))}</div></section>` : nothing}`;
    }, 6);
  }
}
