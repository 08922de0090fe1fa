import type {Route} from '../routes';

export const siteRoutes: Route[] = [
  {path: 'site', title: 'site.title', tag: 'sg-site', load: () => import('./list'),
    nav: {icon: 'fire', roles: ['applicant', 'site_owner', 'operator', 'fire_watch'], phone: true}},
  {path: 'site/card', title: 'site.card.title', tag: 'sg-site-card', load: () => import('./card')},
  {path: 'site/:id', title: 'site.title', tag: 'sg-site-permit', load: () => import('./permit')},
];
