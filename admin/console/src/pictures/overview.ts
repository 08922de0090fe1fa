// How things stand in pictures: the map of live permits, a day by places, counts and timeliness over time.
import {html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {areaOptions, choice} from '../parts/choice';
import {Part} from '../parts/element';
import {empty, shown} from '../parts/states';
import {permitsIn} from '../service/listing';
import {k_live} from '../service/permits';
import {everyRecord} from '../service/records';
import {language, t} from '../text/text';
import './gantt';
import './permit-map';
import './trends';

@customElement('sg-pictures')
export class Pictures extends Part {
  @state() private area = '';

  #areas = new Task(this, {
    task: () => everyRecord('areas'), args: () => [language()] as const});
  #live = new Task(this, {
    task: ([area], {signal}) => permitsIn(k_live, {area}, undefined, signal),
    args: () => [this.area, language()] as const,
  });

  override render() {
    return html`<h1>${t('pictures.title')}</h1>
      <div class="row filters">${choice({label: t('field.area'), value: this.area, any: t('board.all_areas'),
        options: areaOptions(this.#areas.value), choose: (area) => (this.area = area)})}</div>
      <section class="card"><h2>${t('pictures.map')}</h2>${shown(this.#live, (permits) => (permits.length
        ? html`<sg-permit-map .permits=${permits} base="/console/review/"></sg-permit-map>`
          : empty('map', t('board.none'))))}</section>
      <sg-gantt area=${this.area}></sg-gantt>
      <sg-trends area=${this.area}></sg-trends>`;
  }
}
