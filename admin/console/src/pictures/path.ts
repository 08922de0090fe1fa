// The states of a permit's workflow with the way that this permit has gone; the same in words below.
import {html, nothing, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {get} from '../service/client';
import {nameOf, type Permit} from '../service/permits';
import type {Workflow} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';
import {exactly, moment} from '../text/time';
import {type Edge, lineThrough, type Node, stateGraph, type StateGraph} from './state-graph';

interface Entry {
  seq: number;
  type: string;
  from: string;
  to: string;
  at: string;
  actor: string;
}

interface Found {
  graph: StateGraph;
  entries: Entry[];
  description: Workflow;
}

const labelOf = ({events}: Workflow, name: string) => events.find((event) => event.name === name)?.label ?? name;

/** By which events that way was gone, and how often. */
function wayLabel(description: Workflow, entries: Entry[], way: {from: string; to: string}): string {
  const gone = entries.filter(({from, to}) => from === way.from && to === way.to);
  const names = [...new Set(gone.map(({type}) => labelOf(description, type)))].join(' / ');
  return gone.length > 1 ? `${names} ×${gone.length}` : names;
}

@customElement('sg-path')
export class Path extends Part {
  @property({attribute: false}) permit!: Permit;

  #found = new Task(this, {
    task: async ([id]): Promise<Found> => {
      const [{items}, description] = await Promise.all([
        get<{items: Entry[]}>(`/permits/${id}/entries`), workflow('hot_work_permit')]);
      const graph = stateGraph(description, items, (way) => wayLabel(description, items, way));
      return {graph, entries: items, description};
    },
    args: () => [this.permit.id, this.permit.version, language()] as const,
  });

  #edge(edge: Edge, {entries, description}: Found) {
    const label = wayLabel(description, entries, edge);
    const kind = label ? 'gone' : edge.from === this.permit.state ? 'next' : '';
    return svg`<g class="edge ${kind}">
      <path d=${lineThrough(edge.points)} marker-end=${label ? 'url(#gone-tip)' : 'url(#tip)'}></path>
      ${label ? svg`<text x=${edge.x} y=${edge.y} text-anchor="middle" dominant-baseline="central">${label}</text>`
        : nothing}
    </g>`;
  }

  #node({name, label, terminal, x, y, width, height}: Node, {entries}: Found) {
    const was = entries.some(({to}) => to === name);
    return svg`<g class="node ${name === this.permit.state ? 'now' : was ? 'was' : ''} ${terminal ? 'terminal' : ''}">
      <rect x=${x - width / 2} y=${y - height / 2} width=${width} height=${height} 
        rx=${terminal ? height / 2 : 8}></rect>
      <text x=${x} y=${y} text-anchor="middle" dominant-baseline="central">${label}</text></g>`;
  }

  #picture(found: Found) {
    const {width, height, nodes, edges} = found.graph;
    const isGone = (edge: Edge) => Number(found.entries.some(({from, to}) => from === edge.from && to === edge.to));
    const ordered = [...edges].sort((a, b) => isGone(a) - isGone(b)); // the way gone lies on top
    return html`<div class="scrolling" tabindex="0" role="region" aria-label=${t('path.title')}>
      <svg class="state-graph" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img"
        aria-label=${t('path.label', {state: this.permit.state_label})} aria-describedby="path-words">
        <defs>${['tip', 'gone-tip'].map((id) => svg`<marker id=${id} class=${id} viewBox="0 0 10 10" refX="9" refY="5"
          markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" orient="auto-start-reverse"><path
            d="M 0 0 L 10 5 L 0 10 z"></path></marker>`)}</defs>
        ${ordered.map((edge) => this.#edge(edge, found))} ${nodes.map((node) => this.#node(node, found))}</svg></div>`;
  }

  // On a narrow screen the state that it is in now stands in the middle.
  override updated() {
    const now = this.querySelector('.node.now rect'), frame = this.querySelector('.scrolling');
    if (now && frame) frame.scrollLeft =
      Number(now.getAttribute('x')) + Number(now.getAttribute('width')) / 2 - frame.clientWidth / 2;
  }

  #words({entries, description}: Found) {
    const stateOf = (name: string) => description.states.find((state) => state.name === name)?.label ?? name;
    return html`<wa-details summary=${t('path.words')}><ol class="history"
      id="path-words">${entries.map((entry) => html`<li>
      <time datetime=${entry.at} title=${exactly(entry.at)}>${moment(entry.at)}</time>
      <span>${nameOf(this.permit, entry.actor)} <strong>${labelOf(description, entry.type)}</strong></span>
      ${entry.from === entry.to ? nothing
        : html`<span class="muted">→ ${stateOf(entry.to)}</span>`}</li>`)}</ol></wa-details>`;
  }

  override render() {
    return html`<section class="card"><h2>${t('path.title')}</h2>
      ${shown(this.#found, (found) => html`${this.#picture(found)} ${this.#words(found)}`)}</section>`;
  }
}
