// What the system decided of an application: it goes to review, it came back with its findings, or somebody must look.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {findingsView} from '../parts/problem';
import {shown} from '../parts/states';
import type {Instance} from '../service/types';
import {language, maybe, pick, t} from '../text/text';
import {span} from '../text/time';
import {findingsOf} from './load';
import {permitOf} from './sending';

const k_variants: Record<string, string> = {UnderReview: 'success', Returned: 'danger', QualificationCheck: 'warning'};

@customElement('sg-apply-outcome')
export class ApplyOutcome extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #permit = new Task(this, {
    task: ([id]) => permitOf(id),
    args: () => [this.parameters.id, language()] as const,
  });

  #chain({data}: Instance) {
    const steps: any[] = data.approval_steps ?? [];
    return steps.length ? html`<section class="card"><h2>${t('apply.chain')}</h2>
      <ol>${steps.map((step) => html`<li>${pick(step)} <span class="clause muted">${step.clause}</span>
        ${step.on_site ? html`<span class="muted">${t('apply.on_site')}</span>` : nothing}</li>`)}</ol></section>`
      : nothing;
  }

  #view(permit: Instance) {
    const findings = findingsOf(permit);
    const {work, place, starts, ends} = permit.data.application;
    return html`<div class="narrow">
      <div class="row"><h1>${permit.data.number}</h1>${badge(permit.state, permit.state_label)}</div>
      <p class="lead">${work}</p><p class="muted">${place.address} · ${span(starts, ends)}</p>
      <wa-callout class="verdict" variant=${k_variants[permit.state] ?? 'brand'} data-state=${permit.state}>
        <strong>${maybe(`sent.${permit.state}`, permit.state_label)}</strong></wa-callout>
      ${findingsView(findings)}
      <p class="row">${permit.state === 'Returned' ? html`<wa-button variant="brand" href="/console/apply/${permit.id}"
          data-does="correct">${t('apply.correct')}</wa-button>` : nothing}
        <wa-button appearance="outlined" href="/console/permits/${permit.id}">${t('apply.see')}</wa-button>
        <wa-button appearance="outlined" href="/console/apply">${t('apply.more_work')}</wa-button></p>
      ${permit.state === 'Returned' ? nothing : this.#chain(permit)}</div>`;
  }

  override render() {
    return shown(this.#permit, (permit) => this.#view(permit));
  }
}
