// The unit's registers at a glance: how many records each has, and how many need somebody's hand.
import {html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {icon, type Icon} from '../parts/icon';
import {shown} from '../parts/states';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {type Kind, registers, type Registers} from './registers';
import {troublesOf} from './trouble';

export const k_registers: [kind: Kind, icon: Icon][] = [['unit', 'home'], ['certificate', 'certificate'],
  ['fire_watch', 'watch'], ['person', 'people'], ['machine', 'fire'], ['instrument', 'gas']];

@customElement('sg-registers')
export class RegistersPage extends Part {
  #registers = new Task(this, {task: registers, args: () => [language()] as const});

  #card(kind: Kind, name: Icon, records: Instance[]) {
    const bad = records.filter((one) => troublesOf(one).some(({severe}) => severe)).length;
    const near = records.filter((one) => troublesOf(one).length).length - bad;
    const line = (severe: boolean, words: string) => html`<span class=${severe ? 'trouble severe' : 'trouble'}>
      ${icon(severe ? 'alert' : 'clock')} ${words}</span>`;
    return html`<li><a class="item" href="/console/registers/${kind}">
      <span class="item-head"><strong>${icon(name)} ${t(`register.${kind as 'unit'}`)}</strong>
        <span>${records.length}</span></span>
      ${bad ? line(true, t('register.n_unusable', {n: bad})) : nothing}
      ${near ? line(false, t('register.n_soon', {n: near})) : nothing}</a></li>`;
  }

  override render() {
    return html`<h1>${t('registers.title')}</h1><p class="muted">${t('registers.about')}</p>
      ${shown(this.#registers, (found: Registers) => html`<ul class="items tiled">${k_registers.map(([kind, name]) =>
        this.#card(kind, name, found[kind]))}</ul>`)}`;
  }
}
