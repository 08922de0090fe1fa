import type {Route} from '../routes';

const k_unit_people = ['applicant', 'site_owner'];

export const applyRoutes: Route[] = [
  {path: 'apply', title: 'apply.title', tag: 'sg-apply-start', load: () => import('./start-page'),
    nav: {icon: 'add', roles: ['applicant'], phone: true}},
  {path: 'apply/:id', title: 'apply.title', tag: 'sg-apply', load: () => import('./apply-page')},
  {path: 'apply/:id/outcome', title: 'apply.outcome', tag: 'sg-apply-outcome', load: () => import('./outcome-page')},
  {path: 'registers', title: 'registers.title', tag: 'sg-registers', load: () => import('./registers-page'),
    nav: {icon: 'people', roles: k_unit_people, phone: true}},
  {path: 'registers/:kind', title: 'registers.title', tag: 'sg-register', load: () => import('./register-page')},
  {path: 'registers/:kind/new', title: 'register.add', tag: 'sg-record-new', load: () => import('./record-new-page')},
  {path: 'registers/:kind/:id', title: 'registers.title', tag: 'sg-record-page', load: () => import('./record-page')},
];
