// The map of projects by hand and wheel. It follows the same addresses as the links below the picture: each view is
// fetched as a page, and its map takes the place of the one shown. Without this file every link works by itself.

const TILE = 256, WIDTH = 768, MIN = 3, MAX = 17;
const world = zoom => TILE * 2 ** zoom;
const project = (lat, lon, zoom) => {
  const phi = (lat * Math.PI) / 180;
  return [((lon + 180) / 360) * world(zoom), ((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * world(zoom)];
};
const unproject = (x, y, zoom) => [
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world(zoom)))) * 180) / Math.PI,
  (x / world(zoom)) * 360 - 180,
];

let box = document.querySelector('[data-map]');
let asked = 0;

const middle = () => [Number(box.dataset.lat) / 1e6, Number(box.dataset.lon) / 1e6, Number(box.dataset.zoom)];

function address(lat, lon, zoom) {
  const url = new URL(box.dataset.base, location.href);
  url.searchParams.set('at', `${lat.toFixed(5)},${lon.toFixed(5)}`);
  url.searchParams.set('z', zoom);
  return url;
}

async function go(url, keep = true) {
  const turn = ++asked;
  box.setAttribute('aria-busy', 'true');
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
    const next = page.querySelector('[data-map]');
    if (turn !== asked) return;
    if (!next) throw new Error('no map');
    const label = document.activeElement?.closest('.map-moves-bar a')?.title;
    box.replaceWith(next);
    box = next;
    if (label) [...box.querySelectorAll('.map-moves-bar a')].find(link => link.title === label)?.focus();
    if (keep) history.pushState({ map: true }, '', url);
    listen();
  } catch {
    location.href = url;
  }
}

function listen() {
  const picture = box.querySelector('svg.map-picture');
  const layer = picture.querySelector('.map-moves');
  const unit = () => WIDTH / picture.getBoundingClientRect().width;
  let from = null, moved = false, wheel = 0, timer;

  picture.addEventListener('pointerdown', event => {
    if (event.button === 0 && event.isPrimary) [from, moved] = [[event.clientX, event.clientY], false];
  });
  picture.addEventListener('pointermove', event => {
    if (!from || !event.isPrimary) return;
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (!moved && Math.hypot(dx, dy) < 6) return;
    if (!moved) picture.setPointerCapture(event.pointerId);
    moved = true;
    layer.setAttribute('transform', `translate(${dx * unit()} ${dy * unit()})`);
  });
  picture.addEventListener('pointerup', event => {
    if (from && moved) {
      const [lat, lon, zoom] = middle(), [x, y] = project(lat, lon, zoom);
      const to = unproject(x - (event.clientX - from[0]) * unit(), y - (event.clientY - from[1]) * unit(), zoom);
      go(address(...to, zoom));
    }
    from = null;
  });
  picture.addEventListener('pointercancel', () => { from = null; layer.removeAttribute('transform'); });
  picture.addEventListener('click', event => { if (moved) { event.preventDefault(); event.stopPropagation(); } }, true);
  picture.addEventListener('dragstart', event => event.preventDefault());
  // The wheel scrolls the page, as everywhere; with Ctrl, or on a touchpad by pinching, it zooms.
  picture.addEventListener('wheel', event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    wheel += event.deltaY;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const [lat, lon, zoom] = middle(), step = wheel < 0 ? 1 : -1, to = zoom + step;
      wheel = 0;
      if (to < MIN || to > MAX) return;
      const frame = picture.getBoundingClientRect(), [x, y] = project(lat, lon, zoom);
      const dx = (event.clientX - frame.left - frame.width / 2) * unit(), dy = (event.clientY - frame.top - frame.height / 2) * unit();
      // The place under the pointer stays under it.
      const factor = step > 0 ? 0.5 : -1;
      go(address(...unproject(x + dx * factor, y + dy * factor, zoom), to));
    }, 120);
  }, { passive: false });
  box.addEventListener('click', event => {
    const link = event.target.closest('a[data-go]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || moved) return;
    event.preventDefault();
    go(new URL(link.href.baseVal ?? link.href, location.href));
  });
}

if (box) {
  window.addEventListener('popstate', () => go(location.href, false));
  listen();
}
