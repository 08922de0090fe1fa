// An element that asks for things which may fail: one at a time, and what went wrong stays in sight.
import {state} from 'lit/decorators.js';
import {Part} from './element';

export class Trying extends Part {
  @state() protected busy = false;
  @state() protected problem: unknown;

  /** False when it failed: `problem` then says why. */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
    return this.problem === undefined;
  }
}
