// The queue of those who decide: what waits for the reader, by deadline; below it what waits for others.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {duesView, permitRow} from '../parts/permit-row';
import {empty, shown} from '../parts/states';
import '../parts/virtual-list';
import {get} from '../service/client';
import {now} from '../service/clock';
import {Following} from '../service/follow';
import {eachOf, permitsIn} from '../service/listing';
import type {Permit} from '../service/permits';
import {language, t} from '../text/text';
import {deadline, decisionOf, isBeforeWork, isQueued, k_queued, waitingSince} from './waiting';
import {roughly} from './roughly';

const k_asked_about = 100; // permits of which the service is asked what the reader may do with them

const byDeadline = (a: Permit, b: Permit) => deadline(a) - deadline(b);

@customElement('sg-review')
export class Review extends Part {
  @state() private all: Permit[] = [];
  readonly #following = new Following(this, () => this.#task.run(), (id, permit) => this.#put(id, permit));

  #task = new Task(this, {
    task: async (_, {signal}) => {
      this.#following.begin();
      const found = (await permitsIn(k_queued, {}, undefined, signal)).filter(isQueued).sort(byDeadline);
      await eachOf(found.slice(0, k_asked_about), async (permit) => {
        permit.actions = (await get<Permit>(`/permits/${permit.id}`, signal)).actions;
      });
      this.all = found;
      this.#following.catchUp();
      return found;
    },
    args: () => [language()] as const,
  });

  #put(id: string, permit: Permit | null) {
    const others = this.all.filter((one) => one.id !== id);
    this.all = permit && isQueued(permit) ? [...others, permit].sort(byDeadline) : others;
  }

  #row = (permit: Permit) => {
    const findings = permit.data.qualification?.findings.length ?? 0;
    const decision = decisionOf(permit);
    return permitRow(permit, `/console/review/${permit.id}`, html`
      ${decision ? html`<strong>${decision.label}</strong> · ` : nothing}
      ${isBeforeWork(permit) ? html`<span class="due" data-due="window_start">${t('due.window_start')} <sg-countdown
        until=${permit.data.application.starts}></sg-countdown></span>` : duesView(permit)}
      · ${t('review.waits', {time: roughly(now() - Date.parse(waitingSince(permit)))})}
      ${findings ? html`· <span class="findings-count">${t('review.findings', {n: findings})}</span>` : nothing}`);
  };

  #lists() {
    const mine = this.all.filter((permit) => !permit.actions || decisionOf(permit));
    const others = this.all.filter((permit) => permit.actions && !decisionOf(permit));
    return html`
      ${mine.length ? html`<sg-virtual-list data-list="mine" label=${t('review.mine')} .items=${mine}
        .row=${this.#row}></sg-virtual-list>`
        : empty('check', t('review.none'))}
      ${others.length ? html`<h2>${t('review.others')}</h2>
        <sg-virtual-list data-list="others" label=${t('review.others')} .items=${others}
          .row=${this.#row}></sg-virtual-list>` : nothing}`;
  }

  override render() {
    return html`<h1>${t('review.title')}</h1><p class="muted">${t('review.about')}</p>
      ${shown(this.#task, () => this.#lists())}`;
  }
}
