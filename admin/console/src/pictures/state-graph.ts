// Lays a workflow's states and transitions out as a graph.
import {Graph, layout} from '@dagrejs/dagre';
import type {Workflow} from '../service/types';

export interface Node {
  name: string;
  label: string;
  terminal: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Edge {
  from: string;
  to: string;
  events: string[];
  weight: number; // 0: one of the ends that may come from almost anywhere
  points: {x: number; y: number}[];
}

export interface StateGraph {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

const k_node_height = 36;
const k_few = 2; // ways into an end, up to which they are part of the course
const k_pixels_a_letter = 8.2, k_pixels_a_character = 15;

const widthOf = (text: string) =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e80 ? k_pixels_a_character : k_pixels_a_letter), 28);

/** Several transitions between the same two states are one edge; what stays in its state is none. */
export function stateGraph({states, transitions}: Workflow): StateGraph {
  const graph = new Graph();
  graph.setGraph({rankdir: 'TB', nodesep: 26, ranksep: 44, marginx: 8, marginy: 8});
  graph.setDefaultEdgeLabel(() => ({}));
  for (const {name, label} of states) graph.setNode(name, {width: widthOf(label), height: k_node_height});
  const events = new Map<string, string[]>();
  const ends = new Set(states.filter(({terminal}) => terminal).map(({name}) => name));
  const known = new Set(states.map(({name}) => name));
  for (const {from, to, event} of transitions) {
    if (from === to || !known.has(from) || !known.has(to)) continue;
    graph.setEdge(from, to, {weight: ends.has(to) && transitions.filter((one) => one.to === to).length > k_few ? 0 : 4});
    events.set(`${from} ${to}`, [...(events.get(`${from} ${to}`) ?? []), event]);
  }
  layout(graph);
  const {width = 0, height = 0} = graph.graph() as {width?: number; height?: number};
  return {
    width, height,
    nodes: states.map((state) => ({...state, ...(graph.node(state.name) as {x: number; y: number; width: number; height: number})})),
    edges: graph.edges().map(({v, w}) => ({from: v, to: w, events: events.get(`${v} ${w}`) ?? [],
      weight: (graph.edge(v, w) as {weight: number}).weight,
      points: (graph.edge(v, w) as {points: {x: number; y: number}[]}).points})),
  };
}

/** A smooth line through the points. */
export function curve(points: {x: number; y: number}[]): string {
  const at = ({x, y}: {x: number; y: number}) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const middle = (a: {x: number; y: number}, b: {x: number; y: number}) => ({x: (a.x + b.x) / 2, y: (a.y + b.y) / 2});
  const bends = points.slice(1, -1).map((point, i, inner) =>
    `Q ${at(point)} ${at(i === inner.length - 1 ? points.at(-1)! : middle(point, inner[i + 1]))}`);
  return `M ${at(points[0])} ${bends.length ? bends.join(' ') : `L ${at(points.at(-1)!)}`}`;
}
