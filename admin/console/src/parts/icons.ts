// The icons that the console uses, by what they mean here.
import add from 'lucide-static/icons/plus.svg';
import alert from 'lucide-static/icons/triangle-alert.svg';
import back from 'lucide-static/icons/arrow-left.svg';
import bell from 'lucide-static/icons/bell.svg';
import board from 'lucide-static/icons/layout-dashboard.svg';
import camera from 'lucide-static/icons/camera.svg';
import certificate from 'lucide-static/icons/id-card.svg';
import chart from 'lucide-static/icons/chart-no-axes-column.svg';
import check from 'lucide-static/icons/check.svg';
import clock from 'lucide-static/icons/clock.svg';
import close from 'lucide-static/icons/x.svg';
import dark from 'lucide-static/icons/moon.svg';
import download from 'lucide-static/icons/download.svg';
import fire from 'lucide-static/icons/flame.svg';
import forward from 'lucide-static/icons/arrow-right.svg';
import gas from 'lucide-static/icons/gauge.svg';
import home from 'lucide-static/icons/house.svg';
import inspect from 'lucide-static/icons/clipboard-check.svg';
import key from 'lucide-static/icons/key-round.svg';
import language from 'lucide-static/icons/languages.svg';
import light from 'lucide-static/icons/sun.svg';
import map from 'lucide-static/icons/map.svg';
import offline from 'lucide-static/icons/cloud-off.svg';
import pause from 'lucide-static/icons/circle-pause.svg';
import people from 'lucide-static/icons/users.svg';
import permit from 'lucide-static/icons/file-check-2.svg';
import place from 'lucide-static/icons/map-pin.svg';
import play from 'lucide-static/icons/circle-play.svg';
import queue from 'lucide-static/icons/list-checks.svg';
import report from 'lucide-static/icons/megaphone.svg';
import rules from 'lucide-static/icons/scale.svg';
import scan from 'lucide-static/icons/qr-code.svg';
import search from 'lucide-static/icons/search.svg';
import settings from 'lucide-static/icons/settings.svg';
import shield from 'lucide-static/icons/shield-check.svg';
import user from 'lucide-static/icons/circle-user-round.svg';
import violation from 'lucide-static/icons/gavel.svg';
import watch from 'lucide-static/icons/eye.svg';

export const drawings = {
  add, alert, back, bell, board, camera, certificate, chart, check, clock, close, dark, download, fire, forward, gas, home,
  inspect, key, language, light, map, offline, pause, people, permit, place, play, queue, report, rules, scan, search, settings,
  shield, user, violation, watch,
};
