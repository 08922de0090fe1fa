// Light, dark, or as the device says.
const k_stored = 'sparkgate.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

export type Theme = 'light' | 'dark' | 'device';
export const theme = () => (localStorage.getItem(k_stored) as Theme | null) ?? 'device';

function show() {
  const isDark = theme() === 'dark' || (theme() === 'device' && dark.matches);
  document.documentElement.classList.toggle('wa-dark', isDark);
}

export function useTheme(next: Theme) {
  localStorage.setItem(k_stored, next);
  show();
}

dark.addEventListener('change', show);
show();
