// A QR code before the camera: read by the browser where it can, else here. The picture never leaves the device.
import {html, nothing} from 'lit';
import {customElement, query, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {t} from '../text/text';

const k_look_milliseconds = 250;
const k_longest_side = 800; // pixels: enough for a notice, quick on an old phone

type Reader = (canvas: HTMLCanvasElement) => Promise<string | undefined>;

async function nativeReader(): Promise<Reader | null> {
  const Detector = (window as any).BarcodeDetector;
  const formats: string[] = (await Detector?.getSupportedFormats().catch(() => [])) ?? [];
  if (!formats.includes('qr_code')) return null;
  const detector = new Detector({formats: ['qr_code']});
  return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
}

async function ownReader(): Promise<Reader> {
  const {default: read} = await import('jsqr');
  return async (canvas) => {
    const {width, height} = canvas;
    return read(canvas.getContext('2d')!.getImageData(0, 0, width, height).data, width, height)?.data;
  };
}

@customElement('sg-scan')
export class Scan extends Part {
  @state() private failed: '' | 'refused' | 'absent' = '';
  @query('video') private video!: HTMLVideoElement;
  #stream?: MediaStream;
  #looking = 0;

  override async connectedCallback() {
    super.connectedCallback();
    await this.updateComplete;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}});
    } catch (error: any) {
      this.failed = error?.name === 'NotAllowedError' ? 'refused' : 'absent';
      return;
    }
    if (!this.isConnected) return this.#stop();
    this.video.srcObject = this.#stream;
    await this.video.play().catch(() => undefined);
    const reader = (await nativeReader()) ?? (await ownReader());
    this.#looking = window.setInterval(() => void this.#look(reader), k_look_milliseconds);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #stop() {
    clearInterval(this.#looking);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }

  async #look(read: Reader) {
    const {videoWidth, videoHeight} = this.video;
    if (!videoWidth) return;
    const scale = Math.min(1, k_longest_side / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [videoWidth * scale, videoHeight * scale];
    canvas.getContext('2d')!.drawImage(this.video, 0, 0, canvas.width, canvas.height);
    const text = await read(canvas).catch(() => undefined);
    if (text && this.isConnected) this.dispatchEvent(new CustomEvent('found', {detail: text}));
  }

  override render() {
    if (this.failed) {
      return html`<wa-callout variant="warning" role="alert">${t(`site.scan.${this.failed}`)}</wa-callout>`;
    }
    return html`<div class="scan"><video muted playsinline aria-label=${t('site.scan.picture')}></video></div>
      <p class="muted">${t('site.scan.about')}</p>${nothing}`;
  }
}
