import type {Route} from '../routes';

export const reviewRoutes: Route[] = [];
