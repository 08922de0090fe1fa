// Pages of those who decide and oversee.
import type {Route} from '../routes';

const deciders = ['supervisor', 'site_owner'];
const overseers = [...deciders, 'grid_worker', 'inspector', 'enforcement', 'auditor', 'admin'];

export const reviewRoutes: Route[] = [
  {path: 'review', title: 'review.title', tag: 'sg-review', load: () => import('./queue'),
    nav: {icon: 'queue', roles: deciders, phone: true}},
  {path: 'review/:id', title: 'decide.title', tag: 'sg-decide', load: () => import('./decide')},
  {path: 'board', title: 'board.title', tag: 'sg-board', load: () => import('./board'),
    nav: {icon: 'board', roles: overseers, phone: true}},
  {path: 'delegations', title: 'delegation.title', tag: 'sg-delegations', load: () => import('./delegations'),
    nav: {icon: 'people', roles: ['supervisor']}},
];
