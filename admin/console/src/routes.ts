// The pages: one row a page. `load` fetches its code when it is first opened; `nav` puts it into the menu of those roles.
import {applyRoutes} from './apply/routes';
import {siteRoutes} from './site/routes';
import {reviewRoutes} from './review/routes';
import {auditRoutes} from './audit/routes';
import {intakeRoutes} from './intake/routes';
import {manageRoutes} from './manage/routes';
import {picturesRoutes} from './pictures/routes';
import type {Icon} from './parts/icon';
import type {Key} from './text/text';

export interface Route {
  path: string; // below /console/; ":name" takes any step
  title: Key;
  tag: string; // the page's element; it gets the path's parameters as properties
  load: () => Promise<unknown>;
  open?: boolean; // needs no account
  nav?: {icon: Icon; roles: string[]; phone?: boolean}; // phone: also in the bar at the bottom of a phone
}

export const everyone = ['applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor', 'grid_worker', 'inspector',
  'enforcement', 'auditor', 'admin', 'intake'];
export const readers = everyone.filter((role) => role !== 'intake');

export const routes: Route[] = [
  {path: '', title: 'home.title', tag: 'sg-home', load: () => import('./pages/home'),
    nav: {icon: 'home', roles: everyone, phone: true}},
  {path: 'permits', title: 'permits.title', tag: 'sg-permits', load: () => import('./pages/permits'),
    nav: {icon: 'permit', roles: readers, phone: true}},
  {path: 'permits/:id', title: 'permit.title', tag: 'sg-permit', load: () => import('./pages/permit')},
  ...applyRoutes,
  ...siteRoutes,
  ...reviewRoutes,
  ...auditRoutes,
  ...intakeRoutes,
  ...manageRoutes,
  ...picturesRoutes,
  {path: 'account', title: 'account.title', tag: 'sg-account', load: () => import('./pages/account')},
];
