// A verdict as people read it: two answers first, then each step with what was found, then what is not checked here.
import {html, nothing} from 'lit';
import {mark} from '../parts/badge';
import {icon} from '../parts/icon';
import {type Key, maybe, t} from '../text/text';
import {type Outcome, outcomeOf, type Remark, stepLabel, stepNames, type Verdict, wording} from './verify/verdict';

const variants = {ok: 'success', erased: 'warning', not_checked: 'neutral', failed: 'danger'} as const;
const icons = {ok: 'check', erased: 'pause', not_checked: 'pause', failed: 'close'} as const;
const answers = {
  unaltered: 'ok', structure_unaltered: 'erased', not_checked: 'not_checked', invalid: 'failed',
  complete: 'ok', not_shown: 'not_checked', incomplete: 'failed',
} as const satisfies Record<string, Outcome>;

const shownFact: Record<string, (value: string) => string> = {
  state: (value) => maybe(`verify.state.${value}`, value),
  workflow: (value) => maybe(`verify.workflow.${value}`, value),
};

const k_shown_remarks = 20; // of each step

function answerView(question: Key, name: string, answer: keyof typeof answers) {
  const outcome = answers[answer];
  return html`<wa-callout variant=${variants[outcome]} class="answer" data-question=${name} data-answer=${answer}>
    <span class="muted">${t(question)}</span>
    <strong>${icon(icons[outcome])} ${t(`verify.answer.${answer}`)}</strong></wa-callout>`;
}

const commandOf = (keys: string[]) => `sparkgate verify evidence.zip ${keys.map((key) => `--key '${key}'`).join(' ')}`;

const remarkView = (remark: Remark) =>
  html`<li class="remark ${outcomeOf(remark.code)}" data-code=${remark.code}>${wording(remark)}</li>`;

function stepView(verdict: Verdict, step: string) {
  const outcome = verdict.outcome(step), remarks = verdict.remarks(step), more = remarks.length - k_shown_remarks;
  return html`<li class="step" data-step=${step} data-outcome=${outcome}>
    <div class="row">${mark(variants[outcome], t(`verify.outcome.${outcome}`))}
      <strong>${stepLabel(step)}</strong></div>
    ${remarks.length ? html`<ul>${remarks.slice(0, k_shown_remarks).map(remarkView)}
      ${more > 0 ? html`<li class="muted">${t('verify.more', {count: more})}</li>` : nothing}</ul>` : nothing}</li>`;
}

export const verdictView = (verdict: Verdict, keys: string[]) => html`
  <section class="card"><h2>${t('verify.verdict')}</h2>
    <div class="answers">${answerView('verify.question.integrity', 'integrity', verdict.integrity())}
      ${answerView('verify.question.completeness', 'completeness', verdict.completeness())}</div>
    <dl class="facts">${Object.entries(verdict.subject).map(([name, value]) => html`<div>
      <dt>${t(`verify.subject.${name}` as Key)}</dt>
      <dd>${shownFact[name]?.(String(value)) ?? value}</dd></div>`)}</dl>
  </section>
  <section class="card"><h2>${t('verify.steps')}</h2>
    <ol class="verdict-steps">${stepNames.map((step) => stepView(verdict, step))}</ol></section>
  <section class="card"><h2>${t('verify.not_here')}</h2><p>${t('verify.not_here_about')}</p>
    <pre class="command" tabindex="0"><code>${commandOf(keys)}</code></pre></section>`;
