import type {Route} from '../routes';

export const manageRoutes: Route[] = [];
