// Lines over days (uPlot), and the same figures as a table for whoever reads tables better.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import uPlot from 'uplot';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {Part} from '../parts/element';
import {language, t} from '../text/text';
import {day} from '../text/time';

export interface Line {
  label: string;
  colour: string; // a custom property of the stylesheet
  values: (number | null)[];
  percent?: boolean;
}

const k_height = 260;

@customElement('sg-line-chart')
export class LineChart extends Part {
  @property() label = '';
  @property({attribute: false}) days: string[] = [];
  @property({attribute: false}) lines: Line[] = [];
  @state() private words = language();
  #plot: uPlot | null = null;
  #drawn = '';
  #size = new ResizeObserver(() => this.#plot?.setSize({width: this.#width(), height: k_height}));
  #look = new MutationObserver(() => this.#draw()); // light or dark

  #width = () => this.querySelector('.chart')!.clientWidth || 300;

  override firstUpdated() {
    this.#size.observe(this.querySelector('.chart')!);
    this.#look.observe(document.documentElement, {attributeFilter: ['class']});
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#look.disconnect();
    this.#plot?.destroy();
  }

  override updated() {
    this.words = language();
    const next = JSON.stringify([this.days, this.lines, this.words]);
    if (next !== this.#drawn) this.#draw();
    this.#drawn = next;
  }

  #draw() {
    const styles = getComputedStyle(this);
    const colour = (name: string) => styles.getPropertyValue(name).trim();
    const thin = {stroke: colour('--wa-color-surface-border'), width: 1};
    const axis = {stroke: colour('--wa-color-text-normal'), grid: thin, ticks: thin};
    const hasShare = this.lines.some(({percent}) => percent);
    this.#plot?.destroy();
    this.#plot = new uPlot({
      width: this.#width(), height: k_height,
      scales: {x: {time: true}, y: {range: (_, __, most) => [0, Math.max(1, most * 1.1)]}, share: {range: [0, 1.05]}},
      axes: [{...axis, values: (_, at) => at.map((one) => shortDay(one)), space: 70},
        {...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]},
        ...(hasShare ? [{...axis, side: 1 as const, scale: 'share', size: 64, grid: {show: false},
          values: (_: uPlot, at: number[]) => at.map(percent)}] : [])],
      series: [{label: t('chart.day'), value: (_, at) => (at ? day(at * 1000) : '–')},
        ...this.lines.map((line) => ({label: line.label, stroke: colour(line.colour), width: 2, points: {size: 5},
          scale: line.percent ? 'share' : 'y', spanGaps: true,
          value: (_: uPlot, value: number | null) => (value === null ? '–' : line.percent ? percent(value)
            : String(value))}))],
    }, [this.days.map((one) => new Date(`${one}T00:00`).getTime() / 1000),
      ...this.lines.map(({values}) => values)] as uPlot.AlignedData,
    this.querySelector<HTMLElement>('.chart')!);
  }

  override render() {
    return html`<figure class="figure"><figcaption>${this.label}</figcaption><div class="chart"
      aria-hidden="true"></div></figure>
      <wa-details summary=${t('chart.table')}><div class="scrolling" tabindex="0" role="region"
        aria-label=${this.label}><table class="table">
        <thead><tr><th scope="col">${t('chart.day')}</th>${this.lines.map(({label}) => html`<th
          scope="col">${label}</th>`)}</tr></thead>
        <tbody>${this.days.map((one, n) => html`<tr><th
          scope="row">${one}</th>${this.lines.map((line) => html`<td>${shownValue(line, n)}</td>`)}</tr>`)}</tbody>
      </table></div></wa-details>`;
  }
}

const percent = (value: number) => `${Math.round(value * 100)} %`;
const shortDay = (seconds: number) => {
  const at = new Date(seconds * 1000);
  return `${at.getMonth() + 1}-${String(at.getDate()).padStart(2, '0')}`;
};
const shownValue = ({values, percent: isShare}: Line, n: number) =>
  (values[n] === null || values[n] === undefined ? '–' : isShare ? percent(values[n]!) : values[n]);
