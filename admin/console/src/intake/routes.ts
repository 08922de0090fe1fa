// Pages of the officers who handle public reports. Nothing of a report is kept in the browser.
import type {Route} from '../routes';

export const intakeRoutes: Route[] = [
  {path: 'intake', title: 'intake.title', tag: 'sg-intake', load: () => import('./intake'),
    nav: {icon: 'report', roles: ['intake'], phone: true}},
  {path: 'intake/statistics', title: 'intake.statistics', tag: 'sg-intake-statistics',
    load: () => import('./statistics')},
  {path: 'intake/:id', title: 'intake.report', tag: 'sg-intake-report', load: () => import('./report')},
];
