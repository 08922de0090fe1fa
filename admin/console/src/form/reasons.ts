// Usual reasons of a return, a rejection and so on, each with its code: chosen, it stands at the head of the reason's
// text, so that reasons can be counted later in whatever language they were given.
import {html} from 'lit';
import {t, type Key} from '../text/text';

const usual: Record<string, string[]> = {
  return: ['incomplete', 'place', 'certificate', 'measures', 'window', 'people'],
  reject: ['hazard', 'crossing', 'avoidable', 'unqualified', 'false'],
  suspend: ['unsafe', 'scope', 'watch', 'weather', 'crossing'],
  revoke: ['unsafe', 'scope', 'false', 'order'],
};

const head = (code: string) => `[${code}] ${t(`reason.${code}` as Key)}`;
const k_heads = /^(\[[a-z]+\] [^\n]*\n)*/;

/** Buttons that put a usual reason at the head of the text, or take it away again; nothing where none is usual. */
export function reasonsView(event: string, text: string, change: (text: string | undefined) => void) {
  const codes = usual[event];
  if (!codes) return undefined;
  const chosen = codes.filter((code) => text.includes(`[${code}]`));
  const own = text.replace(k_heads, '');
  const toggle = (code: string) => {
    const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    change([...next.map((one) => head(one) + '\n'), own].join('') || undefined);
  };
  return html`<div class="reasons" role="group" aria-label=${t('reason.usual')}>
    <span class="field-label">${t('reason.usual')}</span>
    ${codes.map((code) => html`<wa-button size="s" type="button" data-reason=${code}
      variant=${chosen.includes(code) ? 'brand' : 'neutral'}
      appearance=${chosen.includes(code) ? 'filled-outlined' : 'outlined'}
      aria-pressed=${chosen.includes(code)} @click=${() => toggle(code)}>${t(`reason.${code}` as Key)}</wa-button>`)}
  </div>`;
}
