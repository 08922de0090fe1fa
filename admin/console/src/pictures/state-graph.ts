// Lays a workflow's states and transitions out as a graph.
import {Graph, layout} from '@dagrejs/dagre';
import type {Workflow} from '../service/types';

export interface Point {
  x: number;
  y: number;
}

export interface Node extends Point {
  name: string;
  label: string;
  terminal: boolean;
  width: number;
  height: number;
}

export interface Edge extends Point { // x, y: where its label stands
  from: string;
  to: string;
  points: Point[];
}

export interface StateGraph {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

type Step = Pick<Workflow['transitions'][number], 'from' | 'to'>;

const k_node_height = 36, k_label_height = 16;
const k_pixels_a_letter = 8.2, k_pixels_a_character = 15;
const k_few = 2; // ways into an end, up to which each is drawn
const k_corner = 12; // pixels

export const widthOf = (text: string) =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e80 ? k_pixels_a_character : k_pixels_a_letter), 0);

const isSame = (a: Step, b: Step) => a.from === b.from && a.to === b.to;

/** Almost every state may be ended: of many ways into one end only the last and those gone are drawn. */
function drawn({states, transitions}: Workflow, gone: Step[]): Step[] {
  const ends = states.filter(({terminal}) => terminal).map(({name}) => name);
  const ways = transitions.filter((step, n) => step.from !== step.to && states.some(({name}) => name === step.from) &&
    transitions.findIndex((other) => isSame(other, step)) === n);
  const into = (end: string) => ways.filter(({to}) => to === end);
  return ways.filter((step) => !ends.includes(step.to) || into(step.to).length <= k_few ||
    isSame(into(step.to).at(-1)!, step) || gone.some((one) => isSame(one, step)));
}

/** `labelOf`: what stands at an edge; "" where it was not gone. */
export function stateGraph(workflow: Workflow, gone: Step[], labelOf: (step: Step) => string): StateGraph {
  const graph = new Graph();
  graph.setGraph({rankdir: 'TB', nodesep: 36, ranksep: 34, edgesep: 18, marginx: 8, marginy: 8});
  for (const {name, label} of workflow.states) graph.setNode(name, {width: widthOf(label) + 28, height: k_node_height});
  for (const step of drawn(workflow, gone)) {
    const label = labelOf(step);
    graph.setEdge(step.from, step.to, {weight: label ? 8 : 1, labelpos: 'c',
      width: widthOf(label) * 0.85, height: label ? k_label_height : 0});
  }
  layout(graph);
  const {width = 0, height = 0} = graph.graph() as {width?: number; height?: number};
  return {
    width, height,
    nodes: workflow.states.map((state) => ({...state, ...(graph.node(state.name) as Omit<Node, 'name' | 'label'>),
      terminal: state.terminal})),
    edges: graph.edges().map(({v, w}) => ({from: v, to: w, ...(graph.edge(v, w) as Omit<Edge, 'from' | 'to'>)})),
  };
}

const towards = (from: Point, to: Point): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(k_corner / length, 0.5);
  return {x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share};
};

/** A line through the points, its corners rounded. */
export function lineThrough(points: Point[]): string {
  const at = ({x, y}: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const bends = points.slice(1, -1).map((corner, i) =>
    `L ${at(towards(corner, points[i]))} Q ${at(corner)} ${at(towards(corner, points[i + 2]))}`);
  return `M ${at(points[0])} ${bends.join(' ')} L ${at(points.at(-1)!)}`;
}
