// How the log stands, in plain words: its size and key, who witnessed it and when it was timestamped.
import {html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {mark} from '../parts/badge';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {Trying} from '../parts/trying';
import {post, Problem} from '../service/client';
import {hasRole} from '../service/session';
import {language, maybe, t} from '../text/text';
import {exactly} from '../text/time';
import {parseCheckpoint} from './verify/checkpoint';
import {bears, parseNote, parseVerifier, verifiedBy} from './verify/note';
import {hex} from './verify/bytes';

interface Anchor {
  name: string;
  size: number;
  at: string | null;
  state: string;
  code?: string;
}

interface Anchors {
  origin: string;
  size: number;
  policy: {needed: number; of: number; mode: string; limit_seconds: number; witnessed_size: number; verdict: string};
  witnesses: Anchor[];
  timestamps: Anchor[];
}

/** @throws Problem */
async function textAt(path: string): Promise<string> {
  const answer = await fetch(path, {cache: 'no-store'}).catch(() => {
    throw new Problem(0, 'unreachable', '', '');
  });
  const text = await answer.text();
  if (!answer.ok) throw new Problem(answer.status, JSON.parse(text).code, JSON.parse(text).title, '');
  return text;
}

async function load() {
  const [note, keys, anchors] = await Promise.all([textAt('/log/checkpoint'), textAt('/log/vkey'),
    textAt('/log/anchors')]);
  const parsed = parseNote(note)!, vkeys = keys.trim().split('\n');
  const verifiers = (await Promise.all(vkeys.map(parseVerifier))).filter((key) => key !== null);
  const isChecked = crypto.subtle && verifiers.some((key) => key.kind === 'log' && bears(parsed, key));
  return {checkpoint: parseCheckpoint(parsed.text)!, vkeys, anchors: JSON.parse(anchors) as Anchors,
    signed: isChecked ? (await verifiedBy(parsed, verifiers)).good.length > 0 : null};
}

@customElement('sg-log')
export class Log extends Trying {
  #log = new Task(this, {task: load, args: () => [language()] as const});

  async #stamp() {
    if (await this.attempt(() => post('/log/timestamps'))) toast(t('log.stamp_asked'));
  }

  #anchors(list: Anchor[], none: string) {
    if (!list.length) return html`<p class="muted">${none}</p>`;
    return html`<ul class="items">${list.map(({name, size, at, state, code}) => html`<li class="item"><span
      class="item-head"><strong>${name}</strong>
      ${mark(state === 'ok' ? 'success' : 'warning', maybe(`anchor.${state}`, state))}</span>
      <span class="muted">${t('log.as_far_as', {size})}${at ? html` · ${exactly(at)}` : nothing}
        ${code ?? ''}</span></li>`)}</ul>`;
  }

  #view({checkpoint, vkeys, anchors, signed}: Awaited<ReturnType<typeof load>>) {
    const {policy} = anchors;
    return html`
      <wa-callout variant=${signed === false ? 'danger' : 'success'}
        class="log-state">${icon(signed === false ? 'alert' : 'shield')}
        ${t(signed === null ? 'log.unchecked' : signed ? 'log.signed' : 'log.wrong', {size: checkpoint.size,
          origin: checkpoint.origin})}</wa-callout>
      <section class="card"><h2>${t('log.keys')}</h2><p class="muted">${t('log.keys_about')}</p>
        ${vkeys.map((key) => html`<pre class="command" tabindex="0"><code>${key}</code></pre>`)}
        <p class="muted">${t('log.root')} <code>${hex(checkpoint.root)}</code></p></section>
      <section class="card"><h2>${t('log.witnesses')}</h2><p class="muted">${t('log.witnesses_about')}</p>
        ${policy.of ? html`<p>${t('log.policy', {needed: policy.needed, of: policy.of, size: policy.witnessed_size})}
          ${maybe(`policy.${policy.mode}`, policy.mode)} <strong>${maybe(`policy_verdict.${policy.verdict}`,
            policy.verdict)}</strong></p>` : nothing}
        ${this.#anchors(anchors.witnesses, t('log.no_witnesses'))}</section>
      <section class="card"><h2>${t('log.stamps')}</h2><p class="muted">${t('log.stamps_about')}</p>
        ${this.#anchors(anchors.timestamps, t('log.no_stamps'))}
        ${anchors.timestamps.length && hasRole('admin', 'auditor') ? html`<wa-button size="s" ?loading=${this.busy}
          @click=${this.#stamp}>
          ${t('log.stamp_now')}</wa-button>` : nothing}</section>`;
  }

  override render() {
    return html`<h1>${t('log.title')}</h1><p class="lead">${t('log.lead')}</p>${problemView(this.problem)}
      ${shown(this.#log, (told) => this.#view(told))}
      <p><a href="/console/verify">${t('verify.title')}</a></p>`;
  }
}
