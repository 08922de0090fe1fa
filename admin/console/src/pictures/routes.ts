// Pictures of what goes on.
import type {Route} from '../routes';

export const picturesRoutes: Route[] = [
  {path: 'pictures', title: 'pictures.title', tag: 'sg-pictures', load: () => import('./overview'),
    nav: {icon: 'chart', roles: ['supervisor', 'enforcement', 'auditor', 'admin']}},
];
