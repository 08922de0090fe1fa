// Icons: outlines that take the text's colour; drawn inside the page, so that none is fetched.
import {html} from 'lit';
import {unsafeSVG} from 'lit/directives/unsafe-svg.js';
import {drawings} from './icons';

export type Icon = keyof typeof drawings;

/** Says nothing to a screen reader: the words beside it do. */
export const icon = (name: Icon) => html`<span class="icon" aria-hidden="true">${unsafeSVG(drawings[name])}</span>`;
