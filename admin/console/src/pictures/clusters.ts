// Permits on a map, gathered where they would cover each other; the outline of what lies in one area.
import type {Permit} from '../service/permits';

export interface Point {
  x: number;
  y: number;
}

export interface Cluster extends Point {
  permits: Permit[];
}

const k_cell_pixels = 40;

/** One cluster for each cell of the screen that has permits, at their middle. */
export function clustersOf(permits: Permit[], project: (permit: Permit) => Point): Cluster[] {
  const cells = new Map<string, Cluster>();
  for (const permit of permits) {
    const {x, y} = project(permit);
    const cell = `${Math.floor(x / k_cell_pixels)} ${Math.floor(y / k_cell_pixels)}`;
    const cluster = cells.get(cell);
    if (!cluster) cells.set(cell, {x, y, permits: [permit]});
    else {
      const n = cluster.permits.push(permit);
      cluster.x += (x - cluster.x) / n;
      cluster.y += (y - cluster.y) / n;
    }
  }
  return [...cells.values()];
}

const k_gravest_first = ['Suspended', 'InProgress', 'FireWatch', 'AwaitingAcceptance', 'SiteReady', 'Approved',
  'UnderReview'];

/** The state that a cluster is coloured by. */
export const gravest = (permits: Permit[]) =>
  k_gravest_first.find((state) => permits.some((permit) => permit.state === state)) ?? permits[0].state;

const turn = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** The convex hull, by Andrew's monotone chain. */
export function hullOf(points: Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (from: Point[]) => {
    const out: Point[] = [];
    for (const point of from) {
      while (out.length > 1 && turn(out.at(-2)!, out.at(-1)!, point) <= 0) out.pop();
      out.push(point);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
