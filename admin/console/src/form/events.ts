// What the console fills in of an event's body because the instance on the screen says it, and what it asks for beyond
// the schema because the instance demands it.
import type {Instance} from '../service/types';

type Filler = (instance: Instance) => Record<string, unknown>;
type Demand = (instance: Instance) => string[];

const seen: Filler = ({data}) => ({scope_hash: data.scope_hash});

const chosen: Filler = ({data}) => ({kid: data.kid}); // of the ring's keys, the one that was pointed at

const fillers: Record<string, Filler> = {
  approve: seen,
  consent: seen,
  endorse: chosen,
  revoke_key: chosen,
};

// An approval on site names the place and shows it.
const demands: Record<string, Demand> = {
  approve: ({data}) => (data.approval_steps?.[data.approvals?.length ?? 0]?.on_site ? ['position', 'photo'] : []),
  suspend: () => ['reason'],
};

export const filledBy = (event: string, instance: Instance) => fillers[event]?.(instance) ?? {};
export const demandedBy = (event: string, instance: Instance) => demands[event]?.(instance) ?? [];
