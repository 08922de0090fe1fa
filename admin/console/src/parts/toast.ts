// A short word that something was done, read out to screen readers, gone by itself.
const k_shown_milliseconds = 5000;

export function toast(words: string) {
  const place = document.querySelector('#toasts');
  if (!place) return;
  const line = document.createElement('p');
  line.className = 'toast';
  line.textContent = words;
  place.append(line);
  setTimeout(() => line.remove(), k_shown_milliseconds);
}
