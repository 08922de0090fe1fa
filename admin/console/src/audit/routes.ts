// Pages of those who inspect, enforce and audit.
import type {Route} from '../routes';

const inspectors = ['grid_worker', 'inspector', 'enforcement', 'supervisor'];
const officials = [...inspectors, 'auditor', 'admin'];

export const auditRoutes: Route[] = [
  {path: 'inspections', title: 'inspections.title', tag: 'sg-inspections', load: () => import('./inspections'),
    nav: {icon: 'inspect', roles: [...inspectors, 'auditor'], phone: true}},
  {path: 'inspections/new', title: 'inspect.title', tag: 'sg-inspect', load: () => import('./inspect')},
  {path: 'inspections/:id', title: 'inspection.title', tag: 'sg-inspection', load: () => import('./inspection')},
  {path: 'violations', title: 'violations.title', tag: 'sg-violations', load: () => import('./violations'),
    nav: {icon: 'violation', roles: ['enforcement', 'supervisor', 'auditor', 'inspector', 'grid_worker'], phone: true}},
  {path: 'violations/:id', title: 'violation.title', tag: 'sg-violation', load: () => import('./violation')},
  {path: 'search', title: 'search.title', tag: 'sg-search', load: () => import('./search'),
    nav: {icon: 'search', roles: officials, phone: true}},
  {path: 'history/:collection/:id', title: 'history.title', tag: 'sg-history', load: () => import('./history')},
  {path: 'log', title: 'log.title', tag: 'sg-log', load: () => import('./log'),
    nav: {icon: 'shield', roles: ['auditor', 'enforcement', 'admin'], phone: true}},
  {path: 'verify', title: 'verify.title', tag: 'sg-verify', load: () => import('./verify-page'), open: true,
    nav: {icon: 'check', roles: ['auditor', 'enforcement', 'supervisor', 'admin']}},
];
