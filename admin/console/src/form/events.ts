// What the console fills in of an event's body, because the instance on the screen says it.
import type {Instance} from '../service/types';

type Filler = (instance: Instance) => Record<string, unknown>;

const seen: Filler = ({data}) => ({scope_hash: data.scope_hash});

const fillers: Record<string, Filler> = {
  approve: seen,
  consent: seen,
};

export const filledBy = (event: string, instance: Instance) => fillers[event]?.(instance) ?? {};
