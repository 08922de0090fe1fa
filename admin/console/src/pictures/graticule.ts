// Lines of longitude and latitude, each with its degrees: what a map without tiles is read by.
import {divIcon, layerGroup, marker, polyline, type LayerGroup, type Map as LeafletMap} from 'leaflet';

const k_wanted_lines = 5;
const k_steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];

const stepFor = (range: number) => k_steps.find((step) => range / step <= k_wanted_lines) ?? 45;

function* multiples(from: number, to: number, step: number) {
  for (let n = Math.ceil(from / step); n * step <= to; ++n) yield n * step;
}

const degrees = (value: number, step: number, signs: string) => {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + (step < 0.001 ? 1 : 0));
  return `${Math.abs(value).toFixed(digits)}° ${value < 0 ? signs[1] : signs[0]}`;
};

const label = (latitude: number, longitude: number, text: string, kind: string) => marker([latitude, longitude],
  {icon: divIcon({className: `graticule-label ${kind}`, html: text, iconSize: undefined}), interactive: false,
    keyboard: false});

function draw(map: LeafletMap, group: LayerGroup) {
  group.clearLayers();
  const bounds = map.getBounds();
  const [west, east, south, north] = [bounds.getWest(), bounds.getEast(), bounds.getSouth(), bounds.getNorth()];
  const step = stepFor(Math.max(east - west, 1e-6));
  const line = {className: 'graticule', interactive: false, weight: 1};
  for (const at of multiples(west, east, step)) {
    group.addLayer(polyline([[south, at], [north, at]], line))
      .addLayer(label(south, at, degrees(at, step, 'EW'), 'below'));
  }
  for (const at of multiples(south, north, step)) {
    group.addLayer(polyline([[at, west], [at, east]], line))
      .addLayer(label(at, west, degrees(at, step, 'NS'), 'beside'));
  }
}

export function addGraticule(map: LeafletMap) {
  const group = layerGroup().addTo(map);
  map.on('moveend', () => draw(map, group));
}
