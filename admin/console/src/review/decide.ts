// One page with everything that is needed to decide about a permit, and the decision itself.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {keyed} from 'lit/directives/keyed.js';
import {Task} from '@lit/task';
import '../parts/actions';
import '../parts/action-form';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import '../parts/gallery';
import {icon} from '../parts/icon';
import {duesView} from '../parts/permit-row';
import {shown} from '../parts/states';
import {get} from '../service/client';
import {followPermit} from '../service/follow';
import {gradeOf, type Permit} from '../service/permits';
import type {Action} from '../service/types';
import {eventLabels} from '../service/workflows';
import {language, t} from '../text/text';
import {span} from '../text/time';
import {applicationView} from './application';
import './around';
import {conflictsView, flagsView, holdsView} from './doubts';
import {type Judgement, judgementView} from './judgement';
import {peopleView} from './people';
import {stepsView} from './steps';
import {decisionOf, k_beside} from './waiting';

interface Found {
  permit: Permit;
  judgements: Judgement[];
  eventLabel: (event: string) => string;
}

@customElement('sg-decide')
export class Decide extends Part {
  @property({attribute: false}) parameters!: {id: string};
  @state() private newer = 0; // the version that somebody else has made meanwhile
  #stop = () => {};

  #task = new Task(this, {
    task: async ([id]) => {
      const [permit, {items}, eventLabel] = await Promise.all([get<Permit>(`/permits/${id}`),
        get<{items: Judgement[]}>(`/permits/${id}/decisions`), eventLabels('hot_work_permit')]);
      void import('../pictures/path');
      this.newer = permit.version;
      return {permit, judgements: items, eventLabel};
    },
    args: () => [this.parameters.id, language()] as const,
  });

  override connectedCallback() {
    super.connectedCallback();
    this.#stop = followPermit(() => this.parameters.id,
      ({version}) => (this.newer = Math.max(this.newer, version)));
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #head(permit: Permit) {
    const {application, number, grade} = permit.data;
    return html`<p><a href="/console/review">${icon('back')} ${t('review.title')}</a></p>
      <div class="row"><h1>${application.work}</h1>${badge(permit.state, permit.state_label)}
        ${grade ? html`<span class="grade" data-grade=${grade}>${gradeOf(permit)}</span>` : nothing}</div>
      <p class="muted">${[number, permit.labels?.unit, application.place.address,
        span(application.starts, application.ends)].filter(Boolean).join(' · ')}</p>
      <div class="row">${duesView(permit)} <wa-button class="to-decision" size="s" appearance="outlined"
        @click=${() => this.#toDecision()}>${icon('check')} ${t('decide.decision')}</wa-button></div>
      ${this.newer > permit.version ? html`<wa-callout variant="warning" role="status"
        class="newer">${t('decide.newer')}
        <wa-button size="s" @click=${() => this.#task.run()}>${t('decide.show_newer')}</wa-button></wa-callout>`
        : nothing}`;
  }

  #toDecision() {
    const panel = this.querySelector<HTMLElement>('.decision')!;
    panel.scrollIntoView({block: 'start'});
    panel.focus({preventScroll: true});
  }

  #decision(permit: Permit) {
    const action = decisionOf(permit);
    const isForm = action && !k_beside.includes(action.event);
    return html`<aside class="card decision" tabindex="-1"
      aria-label=${t('decide.decision')}><h2>${t('decide.decision')}</h2>
      ${stepsView(permit)}
      ${isForm ? html`<h3>${action.label}</h3>${this.#form(permit, action)}<hr>` : nothing}
      <sg-actions collection="permits" .instance=${permit} .without=${[action?.event ?? '', ...k_beside]}
        @done=${() => this.#task.run()}></sg-actions>
    </aside>`;
  }

  // Another decision, or one about another permit, begins anew: nothing that was written for one is signed for the other.
  #form(permit: Permit, action: Action) {
    return keyed(`${permit.id} ${action.event}`, html`<sg-action-form collection="permits" .instance=${permit}
      .action=${action} @done=${() => this.#task.run()}></sg-action-form>`);
  }

  #page({permit, judgements, eventLabel}: Found) {
    const photos = permit.data.photos ?? [];
    const done = () => this.#task.run();
    return html`${this.#head(permit)}
      <div class="decide"><div>
        ${conflictsView(permit, eventLabel, done)} ${holdsView(permit, done)}
        ${judgementView(permit, judgements)} ${flagsView(permit, eventLabel)} ${applicationView(permit)}
        ${peopleView(permit, judgements.at(-1))}
        <section class="card"><h2>${t('field.photos')}</h2>${photos.length
          ? html`<sg-gallery .photos=${photos} .place=${permit.data.application.place}></sg-gallery>`
          : html`<p class="muted">${t('decide.no_photos')}</p>`}</section>
        <sg-neighbours .permit=${permit}></sg-neighbours>
        <sg-unit-past .permit=${permit}></sg-unit-past>
        <sg-path .permit=${permit}></sg-path>
      </div>${this.#decision(permit)}</div>`;
  }

  override render() {
    return shown(this.#task, (found) => this.#page(found), 6);
  }
}
