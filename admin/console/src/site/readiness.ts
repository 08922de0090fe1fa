// Whether this device can record without network: its key is made and in force. Said early, while it can be mended.
import {html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {known} from '../field/answers';
import {enrolDevice, ringOf} from '../keys/enrol';
import {deviceKey} from '../keys/store';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {me} from '../service/session';
import {t} from '../text/text';

type Standing = 'none' | 'waits' | 'active' | 'ended';

async function standing(): Promise<Standing> {
  const account = me()!;
  const key = await deviceKey(account.id);
  if (!key) return 'none';
  const ring = (await known(`ring ${account.id}`, () => ringOf(account.person))).value;
  const state: string = ring?.data.keys?.find((one: any) => one.kid === key.kid)?.state ?? '';
  return state === 'active' ? 'active' : state === 'pending' ? 'waits' : 'ended';
}

@customElement('sg-readiness')
export class Readiness extends Trying {
  #standing = new Task(this, {task: standing, args: () => []});

  #enrol() {
    return this.attempt(async () => {
      await enrolDevice(t('account.device_label', {what: navigator.platform || 'web'}));
      await this.#standing.run();
    });
  }

  override render() {
    const now = this.#standing.value;
    if (!now || now === 'active') return nothing;
    const isToMake = now === 'none' || now === 'ended';
    return html`<wa-callout variant="warning" data-readiness=${now}>${icon('key')} ${t(`site.ready.${now}`)}
      ${isToMake && navigator.onLine ? html`<p><wa-button size="s" variant="brand" ?loading=${this.busy}
        @click=${this.#enrol}>${t('account.enrol')}</wa-button></p>` : nothing}
      ${problemView(this.problem)}</wa-callout>`;
  }
}
