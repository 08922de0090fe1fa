// The address bar: paths below /console/, the route that fits, links that stay in the page.
import {routes, type Route} from './routes';

export const k_base = '/console/';
export const moved = new EventTarget();

export interface Place {
  route: Route;
  parameters: Record<string, string>;
}

function fit(route: Route, steps: string[]): Record<string, string> | null {
  const pattern = route.path.split('/');
  if (pattern.length !== steps.length) return null;
  const parameters: Record<string, string> = {};
  for (const [i, step] of pattern.entries()) {
    if (step.startsWith(':')) parameters[step.slice(1)] = steps[i];
    else if (step !== steps[i]) return null;
  }
  return parameters;
}

/** Where the address bar is; null when no page has that path. */
export function place(): Place | null {
  const steps = location.pathname.slice(k_base.length).replace(/\/$/, '').split('/').map(decodeURIComponent);
  for (const route of routes) {
    const parameters = fit(route, steps);
    if (parameters) return {route, parameters};
  }
  return null;
}

export function go(path: string, {replace = false} = {}) {
  const url = k_base + path;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  moved.dispatchEvent(new Event('moved'));
}

export const searchOf = () => Object.fromEntries(new URLSearchParams(location.search));

export function listen() {
  addEventListener('popstate', () => moved.dispatchEvent(new Event('moved')));
  document.addEventListener('click', (click) => {
    const link = click.composedPath().find((node) => node instanceof HTMLAnchorElement) as HTMLAnchorElement | undefined;
    const plain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.defaultPrevented;
    if (!link || !plain || link.target || link.download || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(k_base) || link.hash) return;
    click.preventDefault();
    go(link.pathname.slice(k_base.length) + link.search);
  });
}
