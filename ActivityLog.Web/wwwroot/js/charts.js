// What charts do without the server: a tip for the place under the pointer or reached by arrow keys, opening it, and the picture of a card as PNG.
// All they say stands in the table of the same numbers (see ReportChart.razor), so that there is nothing to keep in step.

const chartOf = target => target.closest?.('[data-chart]');
const rowsOf = chart => document.getElementById(chart.dataset.chart).tBodies[0].rows;
const at = new WeakMap(); // chart → the place that is shown

const partsOf = (chart, row) => [...document.getElementById(chart.dataset.chart).tHead.rows[0].cells].slice(1)
  .map((head, i) => ({ name: head.textContent, color: head.dataset.color, text: row.cells[i + 1].textContent, share: row.cells[i + 1].dataset.share ?? '' }))
  .filter(part => part.color && !['–', '0', '$0'].includes(part.text));

const totalOf = row => row.lastElementChild.classList.contains('cost') ? row.lastElementChild.textContent : '';

function element(tag, content, attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...[content].flat());
  return made;
}

function show(chart, place) {
  const band = chart.querySelector(':scope > .chart-band'), tip = chart.querySelector(':scope > .tip');
  at.set(chart, place);
  const row = rowsOf(chart)[place];
  band.hidden = tip.hidden = !row;
  if (!row) return;
  chart.style.cursor = row.querySelector('a') ? 'pointer' : '';
  const swatch = part => { const made = element('span', '', { className: 'swatch' }); made.style.setProperty('--c', `var(${part.color})`); return made; };
  tip.replaceChildren(
    element('h4', [element('span', row.cells[0].textContent), element('span', totalOf(row))]),
    ...partsOf(chart, row).map(part => element('div', [element('span', [swatch(part), part.name]), element('b', part.text), element('span', part.share)])));
  const plot = chart.querySelector('.plot'), host = chart.getBoundingClientRect(), gap = 8;
  const px = at => `${Math.round(at)}px`;
  const put = (part, left, top) => Object.assign(part.style, { left: px(left), top: px(top) });
  if (plot) {
    const box = plot.getBoundingClientRect(), step = box.width / rowsOf(chart).length;
    const left = box.left - host.left + place * step, top = box.top - host.top;
    Object.assign(band.style, { width: px(step), height: px(box.height) });
    put(band, left, top);
    const right = left + step + gap;
    put(tip, right + tip.offsetWidth <= host.width ? right : Math.max(0, left - gap - tip.offsetWidth), top + 16);
  } else {
    const bar = chart.querySelector(`[data-place="${place}"]`), box = bar.getBoundingClientRect();
    Object.assign(band.style, { width: px(box.width), height: px(box.height) });
    put(band, box.left - host.left, box.top - host.top);
    put(tip, Math.max(0, (host.width - tip.offsetWidth) / 2), box.bottom - host.top + 4);
  }
}

function placeAt(chart, e) {
  const bar = e.target.closest('[data-place]');
  if (bar) return +bar.dataset.place;
  const box = chart.querySelector('.plot')?.getBoundingClientRect();
  if (!box || e.clientX < box.left || e.clientX >= box.right || e.clientY < box.top || e.clientY > box.bottom) return -1;
  return Math.floor((e.clientX - box.left) / box.width * rowsOf(chart).length);
}

function open(chart, place, inNewTab) {
  const href = rowsOf(chart)[place]?.querySelector('a')?.href;
  if (href) inNewTab ? window.open(href, '_blank', 'noopener') : Blazor.navigateTo(href);
}

let hovered = null;
document.addEventListener('pointermove', e => {
  const chart = chartOf(e.target);
  if (hovered && hovered !== chart) show(hovered, -1);
  hovered = chart;
  if (chart) show(chart, placeAt(chart, e));
});
document.addEventListener('click', e => {
  const chart = chartOf(e.target);
  if (chart) open(chart, placeAt(chart, e), e.ctrlKey || e.metaKey);
  const png = e.target.closest?.('[data-png]');
  if (png) picture(document.getElementById(png.dataset.png), png.dataset.name);
});
document.addEventListener('focusout', e => { if (chartOf(e.target)) show(chartOf(e.target), -1); });
document.addEventListener('keydown', e => {
  const chart = chartOf(e.target);
  if (!chart) return;
  const last = rowsOf(chart).length - 1, now = at.get(chart) ?? -1;
  const to = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now < 0 ? last : now - 1, ArrowUp: now < 0 ? last : now - 1, Home: 0, End: last }[e.key];
  if (to !== undefined) {
    e.preventDefault();
    const place = Math.max(0, Math.min(last, to)), row = rowsOf(chart)[place];
    show(chart, place);
    chart.nextElementSibling.textContent = `${row.cells[0].textContent}: ${totalOf(row)} ${partsOf(chart, row).map(part => `${part.name} ${part.text}`).join(', ')}`;
  } else if (e.key === 'Enter' && now >= 0) open(chart, now, e.ctrlKey || e.metaKey);
  else if (e.key === 'Escape') show(chart, -1);
});

// A card as it stands there, twice as fine: grounds, paths and words, each at its place. What isn't for paper isn't for the picture either.
function picture(card, name) {
  const scale = 2, edge = 16, head = 44, box = card.getBoundingClientRect();
  const canvas = Object.assign(document.createElement('canvas'), { width: (box.width + 2 * edge) * scale, height: (box.height + head + 2 * edge) * scale });
  const ink = canvas.getContext('2d');
  ink.scale(scale, scale);
  ink.fillStyle = getComputedStyle(card).backgroundColor;
  ink.fillRect(0, 0, canvas.width, canvas.height);
  const style = getComputedStyle(document.querySelector('h1'));
  caption(ink, document.querySelector('h1').textContent, `${style.fontWeight} 16px ${style.fontFamily}`, style.color, 2 * edge, edge + 12);
  caption(ink, document.querySelector('.print-head')?.textContent ?? '', `400 12px ${style.fontFamily}`, style.color, 2 * edge, edge + 32);
  ink.translate(edge - box.left, edge + head - box.top);
  draw(ink, card);
  canvas.toBlob(blob => {
    const href = URL.createObjectURL(blob);
    element('a', '', { href, download: `${name}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  });
}

function draw(ink, node) {
  if (node.nodeType === Node.TEXT_NODE) return words(ink, node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches('.no-print, .sr, .tip, .chart-band') || !node.checkVisibility()) return;
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  if (node.matches('path')) return trace(ink, node, style);
  if (style.backgroundColor !== 'rgba(0, 0, 0, 0)' && !node.matches('.card')) {
    ink.fillStyle = style.backgroundColor;
    ink.beginPath();
    ink.roundRect(box.left, box.top, box.width, box.height, parseFloat(style.borderRadius) || 0);
    ink.fill();
  }
  for (const child of node.childNodes) draw(ink, child);
}

function trace(ink, path, style) {
  const svg = path.ownerSVGElement, box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
  const shape = new Path2D();
  shape.addPath(new Path2D(path.getAttribute('d')), new DOMMatrix([box.width / view.width, 0, 0, box.height / view.height, box.left, box.top]));
  ink.globalAlpha = +style.opacity;
  if (style.fill !== 'none') { ink.fillStyle = style.fill; ink.fill(shape); }
  if (style.stroke !== 'none') { Object.assign(ink, { strokeStyle: style.stroke, lineWidth: parseFloat(style.strokeWidth), lineJoin: 'round', lineCap: 'round' }); ink.stroke(shape); }
  ink.globalAlpha = 1;
}

function words(ink, node) {
  const text = node.textContent.trim();
  if (!text) return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement);
  if (!box.width) return;
  caption(ink, text, `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`, style.color, box.left, box.top + box.height / 2);
}

function caption(ink, text, font, fillStyle, left, middle) {
  Object.assign(ink, { font, fillStyle, textBaseline: 'middle' });
  ink.fillText(text, left, middle);
}
