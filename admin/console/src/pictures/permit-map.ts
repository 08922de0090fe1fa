// Permits where they are, coloured by state, on a plain ground: no map's tiles are fetched from anywhere.
import {html, nothing, render} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {control, divIcon, layerGroup, map as makeMap, marker, point, polygon, type LayerGroup,
  type Map as LeafletMap} from 'leaflet';
import {Part} from '../parts/element';
import type {Permit} from '../service/permits';
import {go, k_base} from '../router';
import {t} from '../text/text';
import {type Cluster, clustersOf, gravest, hullOf} from './clusters';
import {addGraticule} from './graticule';

const k_closest_zoom = 17;
const k_listed = 12; // permits of a cluster that its window names

function byArea(permits: Permit[]): Map<string, Permit[]> {
  const areas = new Map<string, Permit[]>();
  for (const permit of permits) {
    const {area} = permit.data.application;
    const there = areas.get(area);
    if (there) there.push(permit);
    else areas.set(area, [permit]);
  }
  return areas;
}

const placeOf = ({data}: Permit): [number, number] =>
  [Number(data.application.place.latitude), Number(data.application.place.longitude)];

@customElement('sg-permit-map')
export class PermitMap extends Part {
  @property({attribute: false}) permits: Permit[] = [];
  @property() chosen = ''; // a permit's id
  @property() base = '/console/permits/';
  #map: LeafletMap | null = null;
  #drawn: LayerGroup | null = null;
  #isFitted = false;
  #size = new ResizeObserver(() => this.#map?.invalidateSize());

  override firstUpdated() {
    const place = this.querySelector<HTMLElement>('.map')!;
    const map = makeMap(place, {zoomSnap: 0.25, attributionControl: false, zoomControl: false, maxZoom: 20,
      minZoom: 3});
    control.zoom({zoomInTitle: t('map.closer'), zoomOutTitle: t('map.farther')}).addTo(map);
    control.scale({imperial: false}).addTo(map);
    addGraticule(map);
    map.setView([30, 107], 6);
    map.on('zoomend', () => this.#draw());
    this.#drawn = layerGroup().addTo(map);
    this.#map = map;
    this.#size.observe(place);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#map?.remove();
    this.#map = null;
  }

  override updated() {
    if (!this.#map || !this.permits.length) return this.#draw();
    if (!this.#isFitted) {
      this.#isFitted = true;
      this.#map.fitBounds(this.permits.map(placeOf), {padding: [40, 40], maxZoom: k_closest_zoom, animate: false});
    }
    this.#draw();
  }

  #draw() {
    const map = this.#map, drawn = this.#drawn;
    if (!map || !drawn) return;
    drawn.clearLayers();
    this.#drawAreas(map, drawn);
    const clusters = clustersOf(this.permits, (permit) => map.project(placeOf(permit)));
    for (const cluster of clusters) this.#drawCluster(map, drawn, cluster);
  }

  // What lies around all permits of one area; nothing better is known of its border.
  #drawAreas(map: LeafletMap, drawn: LayerGroup) {
    for (const [code, permits] of byArea(this.permits)) {
      const hull = hullOf(permits.map((permit) => map.project(placeOf(permit))));
      if (hull.length < 3) continue;
      const name = permits[0].labels?.areas?.[0]?.name ?? code;
      polygon(hull.map(({x, y}) => map.unproject(point(x, y))), {className: 'area-outline', weight: 1})
        .bindTooltip(name).addTo(drawn);
    }
  }

  #drawCluster(map: LeafletMap, drawn: LayerGroup, {x, y, permits}: Cluster) {
    const isChosen = permits.some(({id}) => id === this.chosen);
    const name = permits.length > 1 ? t('map.several', {n: permits.length})
      : `${permits[0].data.number} ${permits[0].data.application.work}`;
    const icon = divIcon({className: `map-dot ${isChosen ? 'chosen' : ''}`,
      html: permits.length > 1 ? String(permits.length) : '', iconSize: [28, 28]});
    const dot = marker(map.unproject(point(x, y)), {icon, title: name, alt: name});
    dot.on('add', () => {
      dot.getElement()!.dataset.state = gravest(permits);
      dot.getElement()!.setAttribute('aria-label', name);
    });
    dot.bindPopup(() => this.#popup(permits)).addTo(drawn);
  }

  #popup(permits: Permit[]) {
    const place = document.createElement('div');
    render(html`<ul class="map-list">${permits.slice(0, k_listed).map(({id, data, state_label}) => html`<li>
      <a href=${this.base + id} @click=${(event: Event) => this.#open(event, id)}><strong>${data.number}</strong>
        ${state_label}<br>
      ${data.application.work}<br>${data.application.place.address}</a></li>`)}</ul>
      ${permits.length > k_listed ? html`<p>${t('map.more', {n: permits.length - k_listed})}</p>` : nothing}`, place);
    return place;
  }

  // Leaflet keeps clicks inside its windows to itself.
  #open(event: Event, id: string) {
    event.preventDefault();
    go(`${this.base.slice(k_base.length)}${id}`);
  }

  override render() {
    return html`<div class="map" role="region" aria-label=${t('map.label', {n: this.permits.length})}></div>`;
  }
}
