import type {Route} from '../routes';

export const applyRoutes: Route[] = [];
