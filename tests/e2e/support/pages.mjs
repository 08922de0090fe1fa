// The console's pages, to look at each: whose browser, and where it goes below /console/; {permit} is one that is live.
export const pages = {
  applicant: ['', 'permits', 'permits/{permit}', 'apply', 'registers', 'registers/certificate', 'registers/certificate/new',
    'account'],
  fire_watch: ['', 'site', 'site/{permit}'],
  operator: ['site/card'],
  site_owner: ['review'],
  supervisor1: ['', 'review', 'review/{permit}', 'board', 'pictures', 'delegations'],
  inspector: ['inspections', 'inspections/new'],
  enforcement: ['violations', 'search', 'history/permits/{permit}'],
  auditor: ['log', 'verify'],
  admin: ['manage', 'manage/accounts', 'manage/areas', 'manage/calendars', 'manage/keys', 'manage/packs', 'manage/backups'],
};
