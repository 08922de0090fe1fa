import type {Route} from '../routes';

export const auditRoutes: Route[] = [];
