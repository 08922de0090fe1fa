// The writing of one application: each change is kept on the device and judged by the service; sending can be repeated.
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {problemOf} from '../parts/problem';
import type {Problem} from '../service/client';
import {newKey} from '../service/send';
import {sessionChanged} from '../service/session';
import type {Instance} from '../service/types';
import {bodyOf, missingOf} from './application';
import {type Application, type Draft, dropDraft, keepDraft} from './drafts';
import {usualMeasures} from './earlier';
import type {Form} from './form';
import type {Loaded} from './load';
import {ownersIn, together} from './owners';
import {packOf} from './pack';
import {memberOf, objectionOf, objectionsOf, type Preview, previewOf} from './preview';
import {asStored, permitOf, store, submit} from './sending';

export interface Missing {
  needed: string[];
  asked: string[];
}

const k_pause_milliseconds = 400; // of typing, after which the service is asked

export class Writing implements ReactiveController {
  draft?: Draft;
  preview?: Preview;
  problem: Problem | null = null;
  newer: Instance | null = null; // what somebody else made of the permit meanwhile
  busy = false;
  unkept = false; // the device keeps nothing
  #loaded?: Loaded;
  #judged?: Application; // what the preview is about
  #asking?: AbortController;
  #pause = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  readonly #ask = () => void this.#askPreview();
  readonly #signedIn = () => {
    if (this.problem?.status === 401) this.problem = null;
    this.#ask();
  };

  hostConnected() {
    addEventListener('online', this.#ask);
    sessionChanged.addEventListener('changed', this.#signedIn);
  }
  hostDisconnected() {
    removeEventListener('online', this.#ask);
    sessionChanged.removeEventListener('changed', this.#signedIn);
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  begin(loaded: Loaded) {
    if (loaded.draft.id !== this.draft?.id) [this.preview, this.problem, this.newer] = [undefined, null, null];
    this.#loaded = loaded;
    this.draft = loaded.draft;
    this.#later();
  }

  form(loaded: Loaded): Form {
    const said = this.preview ? objectionsOf(this.preview) : loaded.findings;
    const objections = [...objectionOf(this.problem), ...said];
    return {...loaded, value: this.draft!.value, preview: this.preview, objections,
      set: (name, next) => this.#set(name, next)};
  }

  /** Members to be given before it can be sent, and those without which a person has to decide. What was judged before the
   *  last change holds nobody up: it may miss what has just been given, and sending is judged anew. */
  missing({value, schema}: Form): Missing {
    const said = (this.#judged === value && this.preview?.missing) || [];
    const of = (required: boolean) => said.filter((one) => one.required === required).map(({path}) => memberOf(path));
    const needed = [...new Set([...missingOf(value, schema), ...of(true)])];
    return {needed, asked: of(false).filter((member) => !needed.includes(member))};
  }

  goTo(step: number) {
    this.#become({...this.draft!, step});
  }

  /** Made or amended at the service, and submitted if it `isFinal`; true once that is done. */
  async send(isFinal: boolean): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    this.host.requestUpdate();
    const done = await this.#sent(isFinal).then(() => true, (error) => this.#failed(error));
    this.busy = false;
    this.host.requestUpdate();
    return done;
  }

  async #sent(isFinal: boolean) {
    const isStored = isFinal && this.draft!.submitKey; // an answer to submitting was lost
    if (!isStored) await this.#store(this.draft!);
    if (isFinal) await submit(this.draft!);
  }

  async #store(draft: Draft) {
    const {pack, schema} = this.#loaded!;
    const receipt = await store(draft, bodyOf(draft.value, pack, schema));
    this.#become(asStored(this.draft!, receipt));
    if (receipt.id !== draft.id) await dropDraft(draft.id);
    this.newer = null;
  }

  async #failed(error: unknown): Promise<false> {
    this.problem = problemOf(error);
    if (this.problem.status === 0 || this.problem.status === 401) return false; // the same may be sent again
    this.draft = {...this.draft!, key: newKey(), submitKey: undefined};
    if (this.problem.code === 'version_mismatch') {
      this.newer = await permitOf(this.draft.id).catch(() => null);
      if (this.newer) this.draft = {...this.draft, version: this.newer.version};
    }
    this.#become(this.draft);
    return false;
  }

  #set(name: string, next: unknown) {
    const [first, second] = name.split('.');
    const value = {...this.draft!.value};
    value[first] = second ? {...value[first], [second]: next} : next;
    if (second && next === undefined) delete value[first][second];
    if (value[first] === undefined) delete value[first];
    if (name === 'method' && !value.measures?.length) {
      value.measures = usualMeasures(this.#loaded!.permits, String(next));
    }
    this.problem = null;
    if (name === 'area') void this.#addOwners(String(next));
    this.#become({...this.draft!, value, submitKey: undefined});
    this.#later();
  }

  // The service says which rules count here: what they ask and list is another's.
  async #usePack(id: string) {
    const pack = await packOf(id).catch(() => undefined);
    if (pack) this.#loaded!.pack = pack;
  }

  async #addOwners(area: string) {
    const found = await ownersIn(area).catch(() => []);
    this.#loaded!.owners = together(this.#loaded!.owners, found);
    this.host.requestUpdate();
  }

  #become(draft: Draft) {
    this.draft = {...draft, at: Date.now()};
    this.host.requestUpdate();
    keepDraft(this.draft).then(() => (this.unkept = false), () => (this.unkept = true))
      .then(() => this.host.requestUpdate());
  }

  #later() {
    clearTimeout(this.#pause);
    this.#pause = window.setTimeout(this.#ask, k_pause_milliseconds);
  }

  async #askPreview() {
    if (!this.#loaded || !this.draft) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const {value} = this.draft;
    const body = bodyOf(value, this.#loaded.pack, this.#loaded.schema);
    const answer = await previewOf(body, asking.signal).catch(() => undefined);
    if (asking.signal.aborted) return;
    [this.preview, this.#judged] = [answer, value];
    if (answer && answer.pack.id !== this.#loaded.pack.id) await this.#usePack(answer.pack.id);
    this.host.requestUpdate();
  }
}
