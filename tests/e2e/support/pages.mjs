// The console's pages that need nothing but a sign-in: whose browser, and where it goes below /console/.
export const pages = {
  applicant: ['', 'permits', 'apply', 'registers/certificates', 'account'],
  fire_watch: ['', 'site'],
  supervisor1: ['', 'review', 'board', 'pictures', 'permits'],
  inspector: ['inspections'],
  enforcement: ['violations', 'search'],
  auditor: ['log', 'verify'],
  admin: ['manage'],
};

