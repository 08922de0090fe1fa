// Starts the console: what every page needs, then the page that the address names.
import './kit';
import './shell';
import {listen} from './router';

listen();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/console/sw.js', {scope: '/console/'});
// What waits on this device is sent, and shown; the page that was asked for comes first.
document.querySelector('sg-shell')!.addEventListener('shown', () => {
  void import('./field/sender').then(({begin}) => begin());
  void import('./site/waiting');
}, {once: true});
