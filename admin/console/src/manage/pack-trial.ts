// A dry run of a pack: which decisions of the last days, or of a ledger, would have been others.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {ask} from '../service/client';
import {maybe, t} from '../text/text';
import {exactly} from '../text/time';

interface Judged {
  grade: string;
  verdict: string;
  findings: string[];
}

interface Trial {
  permits: number;
  decisions: number;
  unchanged: number;
  differ: number;
  truncated: boolean;
  items: {permit: string | null; number: string; stage: string; at: string | null; before: Judged; after: Judged;
    more_findings: string[]; fewer_findings: string[]}[];
}

const judged = ({grade, verdict}: Judged) => `${maybe(`grade.${grade}`, grade)} · ${maybe(`trial.${verdict}`,
  verdict)}`;

@customElement('sg-pack-trial')
export class PackTrial extends Trying {
  @property() digest = '';
  @state() private days = 30;
  @state() private trial: Trial | null = null;

  #run(sending: {body?: unknown; bytes?: Blob}) {
    return this.attempt(async () => {
      this.trial = (await ask<Trial>('POST', `/packs/${this.digest}/trial`, sending)).data;
    });
  }

  #ledger(event: Event) {
    const input = event.target as HTMLInputElement, file = input.files?.[0];
    if (file) void this.#run({bytes: new Blob([file], {type: 'application/zip'})});
    input.value = '';
  }

  #outcome({permits, decisions, differ, truncated, items}: Trial) {
    return html`<p role="status"><strong>${t('trial.outcome', {permits, decisions, differ})}</strong> ${truncated
      ? t('trial.truncated') : nothing}</p>
      <ul class="items">${items.map((one) => html`<li class="item"><span class="item-head">
          ${one.permit ? html`<a href="/console/permits/${one.permit}">${one.number}</a>` : one.number}
          <span class="muted">${maybe(`stage.${one.stage}`, one.stage)} ${one.at ? exactly(one.at)
            : nothing}</span></span>
        <span>${judged(one.before)} → <strong>${judged(one.after)}</strong></span>
        ${one.more_findings.length ? html`<span class="bad">+ ${one.more_findings.join('、')}</span>` : nothing}
        ${one.fewer_findings.length ? html`<span class="muted">− ${one.fewer_findings.join('、')}</span>`
          : nothing}</li>`)}</ul>`;
  }

  override render() {
    return html`<section class="card stack"><h2>${t('trial.title')}</h2><p class="muted">${t('trial.about')}</p>
      <form class="row" @submit=${(event: Event) => (event.preventDefault(), this.#run({body: {days: this.days}}))}>
        <wa-input type="number" min="1" max="366" size="s" label=${t('trial.days')} .value=${String(this.days)}
          @input=${(e: any) => (this.days = Number(e.target.value) || 30)}></wa-input>
        <wa-button type="submit" ?loading=${this.busy}>${t('trial.run')}</wa-button>
        <label class="upload">${t('trial.ledger')}<input type="file" accept=".zip,application/zip"
          @change=${this.#ledger}></label></form>
      ${this.busy ? html`<wa-progress-bar indeterminate label=${t('trial.running')}></wa-progress-bar>` : nothing}
      ${problemView(this.problem)} ${this.trial ? this.#outcome(this.trial) : nothing}</section>`;
  }
}
