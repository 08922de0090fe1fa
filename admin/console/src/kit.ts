// The components that most pages use; a page that needs another one imports it itself.
import {registerIconLibrary} from '@awesome.me/webawesome/dist/components/icon/library.js';
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/callout/callout.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/translations/zh-cn.js';

// Without a name of ours the kit would ask its maker's servers for icons.
registerIconLibrary('default', {resolver: () => ''});
