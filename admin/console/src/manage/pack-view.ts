// A rule pack's contents as tables: what it says, how much, by which clause, and whether that was verified.
import {html, nothing} from 'lit';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {icon} from '../parts/icon';
import {type Key, maybe, pick, t} from '../text/text';

type Json = any;

const valueOf = (value: Json): string => Array.isArray(value) ? value.join('、') : String(value);
const nameOf = (code: string) => maybe(`grade.${code}`, maybe(`option.${code}`, code));
const eachOf = (values: Record<string, Json>) =>
  Object.entries(values).map(([name, value]) => `${nameOf(name)}: ${valueOf(value)}`).join('；');

function figureOf(item: Json): string {
  if (item.by_grade) return eachOf(item.by_grade);
  if (item.by_method) return eachOf(item.by_method);
  return item.value === undefined ? '' : valueOf(item.value);
}

const row = (item: Json, more: unknown = nothing) => html`<tr><td>${pick(item)}
    ${item.code ? html`<code class="muted">${item.code}</code>` : nothing}
    ${item.remedy ? html`<span class="remedy">${pick(item.remedy)}</span>` : nothing}</td>
  <td>${figureOf(item)} ${item.unit ?? ''} ${more}</td><td class="clause">${item.clause ?? ''}</td>
  <td>${item.verified === undefined ? nothing : item.verified ? html`${icon('check')} ${t('pack.verified')}`
    : t('pack.unverified')}</td></tr>`;

function table(title: Key, rows: unknown[], open = false) {
  if (!rows.length) return nothing;
  return html`<wa-details ?open=${open} summary="${t(title)} (${rows.length})"><div class="wide-table"><table>
    <thead><tr><th>${t('pack.wording')}</th><th>${t('pack.value')}</th><th>${t('pack.clause')}</th>
      <th>${t('pack.checked')}</th></tr></thead>
    <tbody>${rows}</tbody></table></div></wa-details>`;
}

const stagesOf = (rule: Json) => html`<span class="muted">
  ${rule.stages.map((stage: string) => maybe(`stage.${stage}`, stage)).join('、')} ·
  ${maybe(`severity.${rule.severity}`, rule.severity)}</span>`;

const checksOf = (items: Json[] = []) =>
  items.map((item) => row(item, maybe(`severity.${item.severity}`, item.severity)));

export const packView = (pack: Json) => html`<div class="stack pack">
  ${table('pack.params', Object.values<Json>(pack.params).map((item) => row(item)), true)}
  ${table('pack.grades', [...pack.grading.grades, ...(pack.grading.upgrade?.when ?? [])].map((item) => row(item)))}
  ${table('pack.approval', Object.entries<Json[]>(pack.approval.by_grade).flatMap(([grade, steps]) =>
    steps.map((step) => row(step, html`${nameOf(grade)} ${step.on_site ? t('pack.on_site') : nothing}`))))}
  ${table('pack.rules', pack.rules.map((rule: Json) => row(rule, stagesOf(rule))))}
  ${table('pack.measures', pack.measures.map((item: Json) => row(item)))}
  ${table('pack.pre_start', (pack.pre_start ?? []).map((item: Json) => row(item)))}
  ${table('pack.with_permit', checksOf(pack.inspection?.with_permit))}
  ${table('pack.without_permit', checksOf(pack.inspection?.without_permit))}
</div>`;
