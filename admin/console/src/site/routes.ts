import type {Route} from '../routes';

export const siteRoutes: Route[] = [];
