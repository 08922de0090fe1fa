// Pages of the administrator: how the service stands, accounts, areas, calendars, keys, rule packs, backups.
import type {Route} from '../routes';

const nav = (icon: 'settings' | 'people' | 'place' | 'clock' | 'key' | 'rules' | 'download', ...more: string[]) =>
  ({icon, roles: ['admin', ...more]});

export const manageRoutes: Route[] = [
  {path: 'manage', title: 'manage.title', tag: 'sg-manage', load: () => import('./overview'),
    nav: {...nav('settings'), phone: true}},
  {path: 'manage/accounts', title: 'accounts.title', tag: 'sg-accounts', load: () => import('./accounts'),
    nav: nav('people')},
  {path: 'manage/areas', title: 'areas.title', tag: 'sg-areas', load: () => import('./areas'), nav: nav('place')},
  {path: 'manage/calendars', title: 'calendars.title', tag: 'sg-calendars', load: () => import('./calendars'),
    nav: nav('clock')},
  {path: 'manage/keys', title: 'keys.title', tag: 'sg-keys', load: () => import('./keys'), nav: nav('key')},
  {path: 'manage/packs', title: 'packs.title', tag: 'sg-packs', load: () => import('./packs'),
    nav: nav('rules', 'auditor', 'supervisor')},
  {path: 'manage/packs/:id', title: 'pack.title', tag: 'sg-pack', load: () => import('./pack')},
  {path: 'manage/backups', title: 'backups.title', tag: 'sg-backups', load: () => import('./backups'),
    nav: nav('download')},
  {path: 'manage/:collection/:id', title: 'record.title', tag: 'sg-managed', load: () => import('./record')},
];
