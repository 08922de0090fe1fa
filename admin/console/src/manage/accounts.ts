// The accounts: who may do what, where; found by name, login or role; a new one with its roles.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {choice} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {go} from '../router';
import {everyone} from '../routes';
import type {Grant, Instance} from '../service/types';
import {language, maybe, t} from '../text/text';
import {grantsView} from './grants';
import './register-form';
import {everyRecord} from '../service/records';

const accountRow = (one: Instance) => html`<li><a class="item" href="/console/manage/accounts/${one.id}">
  <span class="item-head"><strong>${one.data.name}</strong>${badge(one.state, one.state_label)}</span>
  <span class="muted">${one.data.login}${one.data.must_sign ? html` · ${t('accounts.must_sign')}` : nothing}</span>
  ${grantsView(one.data.grants)}</a></li>`;

@customElement('sg-accounts')
export class Accounts extends Part {
  @state() private words = '';
  @state() private roleWanted = '';
  @state() private isAdding = false;
  #all = new Task(this, {task: () => everyRecord('accounts'), args: () => [language()] as const});

  #fits = ({data}: Instance) => `${data.name} ${data.login}`.toLowerCase().includes(this.words.toLowerCase()) &&
    (!this.roleWanted || data.grants.some(({role}: Grant) => role === this.roleWanted));

  #list(all: Instance[]) {
    const fitting = all.filter(this.#fits);
    return html`<p class="muted" role="status">${t('accounts.count', {count: fitting.length})}</p>
      ${fitting.length ? html`<ul class="items two">${fitting.map(accountRow)}</ul>` : empty('people',
        t('accounts.none'))}`;
  }

  override render() {
    return html`<div class="row"><h1>${t('accounts.title')}</h1><span class="spring"></span>
        <wa-button variant="brand" data-action="register" @click=${() => (this.isAdding = true)}>${icon('add')}
          ${t('accounts.add')}</wa-button></div>
      <div class="row filters"><wa-input size="s" label=${t('accounts.words')} with-clear .value=${this.words}
          @input=${(e: any) => (this.words = e.target.value)}></wa-input>
        ${choice({label: t('accounts.role'), value: this.roleWanted, any: t('any'),
          options: everyone.map((role) => ({value: role, label: maybe(`role.${role}`, role)})),
          choose: (role) => (this.roleWanted = role)})}</div>
      ${shown(this.#all, (all) => this.#list(all), 6)}
      ${this.isAdding ? html`<sg-register-form workflow="account" collection="accounts" label=${t('accounts.add')}
        .payload=${{grants: [{}]}} @registered=${(e: CustomEvent) => go(`manage/accounts/${e.detail}`)}
        @closed=${() => (this.isAdding = false)}></sg-register-form>` : nothing}`;
  }
}
