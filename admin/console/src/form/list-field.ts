// A list of texts, or of objects, that grows and shrinks.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {resolve} from '../service/workflows';
import {t} from '../text/text';
import {type Field, fieldView, labelOf, removeButton} from './fields';

@customElement('sg-list')
export class List extends Part {
  @property({attribute: false}) field!: Field;

  override render() {
    const {name, schema, root, required} = this.field;
    const items = resolve(schema.items ?? {}, root);
    const values: any[] = this.field.value ?? (required ? [items.type === 'object' ? {} : ''] : []);
    const label = labelOf(name, schema);
    const set = (next: any[]) => this.field.change(next.length ? next : undefined);
    const replace = (i: number, value: any) => set(values.map((one, n) => (n === i ? (value ?? '') : one)));
    return html`<fieldset class="list"><legend>${label}</legend>
      ${values.map((value, i) => html`<div class="list-row">
        <div class="list-field">${fieldView({
          name: `${name}_item`, schema: {...items, zh: items.zh ?? `${label} ${i + 1}`, en: items.en ?? `${label} ${i + 1}`},
          root, value, required: true, change: (next) => replace(i, next)})}</div>
        ${values.length > (required ? 1 : 0) ? removeButton(`${label} ${i + 1}`, () => set(values.filter((_, n) => n !== i)))
          : nothing}
      </div>`)}
      ${values.length < (schema.maxItems ?? Infinity)
        ? html`<wa-button size="s" @click=${() => set([...values, items.type === 'object' ? {} : ''])}>
            ${icon('add')} ${t('add')}</wa-button>` : nothing}
    </fieldset>`;
  }
}
