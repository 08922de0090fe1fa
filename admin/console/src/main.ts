// Starts the console: what every page needs, then the page that the address names.
import './kit';
import './shell';
import {listen} from './router';

listen();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/console/sw.js', {scope: '/console/'});
void import('./field/sender').then(({begin}) => begin());
void import('./site/waiting');
