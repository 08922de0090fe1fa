import type {Route} from '../routes';

export const picturesRoutes: Route[] = [];
