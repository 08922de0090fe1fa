// A form of its own on site: it tells what it makes of what is written, and takes up what was written before.
import {property} from 'lit/decorators.js';
import type {KeptAnswer} from '../../field/database';
import {Part} from '../../parts/element';

/** An event's body as of what a wall clock shows; null while something is missing. */
export type Build = ((wall: number) => Record<string, unknown>) | null;

export interface Told {
  build: Build;
  written: Record<string, unknown>; // without where one stands: that is asked anew
}

export abstract class Written extends Part {
  @property({attribute: false}) earlier?: KeptAnswer;

  /** What is to be kept of it. */
  protected abstract written(): Record<string, unknown>;
  protected take({value}: KeptAnswer) {
    Object.assign(this, value);
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.earlier) this.take(this.earlier);
  }

  protected tell(build: Build) {
    this.dispatchEvent(new CustomEvent<Told>('build', {detail: {build, written: this.written()}}));
  }
}
