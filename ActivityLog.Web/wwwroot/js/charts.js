// Charts: ApexCharts draws what a page says in data-drawing (see ChartDrawing.cs). A tip for the place under the pointer or reached by arrow keys, opening it, and
// the picture of a card as PNG need no server: all they say stands in the table of the same numbers (see ReportChart.razor).

const narrowBelow = 520;
const axisHeight = 20;
const charts = new WeakMap(); // plot → its chart, what it shows and how wide it was
const watched = new WeakSet();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options({ shape, height, top, levels, places, series }, width) {
  const narrow = width < narrowBelow, lines = shape === 'lines', lying = shape === 'bars';
  const labels = { style: { fontSize: '11px', colors: css('--al-faint') } };
  const level = value => levels[Math.round(value / top * (levels.length - 1))] ?? '';
  return {
    series: series.map(one => ({ name: one.name, data: one.values.map(value => lines ? value : value > 0 ? value : null) })), // a nought would be drawn as a hairline
    colors: series.map(one => css(one.color) + (one.isLight ? '8c' : '')),
    chart: {
      type: lines ? 'line' : 'bar', stacked: !lines, height, fontFamily: getComputedStyle(document.body).fontFamily, foreColor: css('--al-faint'), background: 'transparent',
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, animations: { enabled: false }, parentHeightOffset: 0,
    },
    plotOptions: { bar: { horizontal: lying, columnWidth: narrow ? '78%' : '68%', barHeight: '58%', borderRadius: 2, borderRadiusApplication: 'end', borderRadiusWhenStacked: 'last' } },
    stroke: lines ? { width: series.map(one => one.isLight ? 1.25 : 1.75), curve: 'straight' } : { width: narrow ? .5 : .75, colors: [css('--al-surface')] }, // a hairline parts the segments
    markers: { size: lines && places.length <= 62 ? 2 : 0, strokeWidth: 0 },
    fill: { opacity: 1 }, dataLabels: { enabled: false }, legend: { show: false }, tooltip: { enabled: false },
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
    grid: {
      borderColor: css('--al-line'), padding: { left: 8, right: lines ? 16 : 24, top: -12, bottom: lying ? 0 : axisHeight },
      xaxis: { lines: { show: lying } }, yaxis: { lines: { show: !lying } },
    },
    xaxis: {
      type: 'category', categories: places.map((place, i) => lying ? place : i), tickAmount: lying ? levels.length - 1 : undefined, min: lying ? 0 : undefined, max: lying ? top : undefined,
      axisBorder: { show: false }, axisTicks: { show: false }, crosshairs: { show: false },
      labels: lying ? { ...labels, formatter: level } : { show: false, rotate: 0 },
    },
    yaxis: lying ? { labels: { ...labels, maxWidth: narrow ? 110 : 220 } } : { min: 0, max: top, tickAmount: levels.length - 1, labels: { ...labels, formatter: level, offsetX: -4 } },
  };
}

// The names of the places below standing columns and lines, where they have one, and which place still grows. The library would write a name for each place, and
// draw each twice to measure it.
function nameAxis({ el: plot, w: { globals } }, { shape, top, places, narrowPlaces, unfinished, series }, width) {
  const narrow = width < narrowBelow, lines = shape === 'lines', fromEdge = lines && places.length > 1; // a line of one place has it in the middle
  const step = globals.gridWidth / (fromEdge ? places.length - 1 : places.length);
  const axis = document.createElementNS(globals.SVGNS, 'g');
  const set = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); };
  set(axis, { 'class': 'chart-axis', 'fill': css('--al-faint'), 'font-size': '11px', 'text-anchor': 'middle', 'transform': `translate(${globals.translateX} ${globals.translateY})` });
  const write = (name, place, y) => {
    const text = axis.appendChild(document.createElementNS(globals.SVGNS, 'text'));
    set(text, { x: step * (fromEdge ? place : place + .5), y });
    text.textContent = name;
  };
  const below = globals.gridHeight + axisHeight, isNamed = !narrow && unfinished !== null;
  // A line's unfinished place is named on the axis, a column's above it.
  for (const [place, name] of (narrow ? narrowPlaces : places).entries()) if (name && !(lines && isNamed && place >= unfinished - 2)) write(name, place, below);
  const total = isNamed ? series.reduce((sum, one) => sum + (one.values[unfinished] ?? 0), 0) : 0;
  if (lines && isNamed) write('now', unfinished, below);
  else if (total > 0) write('now', unfinished, globals.gridHeight * (1 - total / top) - 6);
  plot.querySelector('.chart-axis')?.remove();
  plot.querySelector('svg').append(axis);
}

async function drawOne(plot) {
  const { default: ApexCharts } = await import('../lib/apexcharts.esm.js');
  const text = plot.dataset.drawing, theme = document.documentElement.dataset.theme, width = plot.clientWidth, was = charts.get(plot);
  if (!text || !plot.isConnected) return;
  if (!watched.has(plot)) watched.add(plot), resized.observe(plot);
  if (!width) { // hidden behind its table: drawn when it comes back; until then nothing is there that could be printed in its place and tells something else
    if (was && (was.text !== text || was.theme !== theme)) charts.delete(plot), was.chart.destroy();
    return;
  }
  if (was && was.text === text && was.theme === theme && was.width < narrowBelow === width < narrowBelow) return;
  was?.chart.destroy();
  const drawing = JSON.parse(text), all = options(drawing, width);
  // The library draws anew, and without what it doesn't know of, when the window is resized.
  if (drawing.shape !== 'bars') all.chart.events = { mounted: chart => nameAxis(chart, drawing, width), updated: chart => nameAxis(chart, drawing, width) };
  const chart = new ApexCharts(plot, all);
  // After each segment the library shows all that it hides until an animation ends: notes and goals, which we have none of, for each series. 90 days of eight
  // series took a second more for that alone.
  if (drawing.shape !== 'lines') Object.defineProperty(chart.w.globals, 'delayedElements', { get: () => [], set: () => { } });
  charts.set(plot, { chart, text, theme, width });
  await chart.render();
}

const drawAll = () => { for (const plot of document.querySelectorAll('[data-drawing]')) drawOne(plot); };
const resized = new ResizeObserver(entries => { for (const entry of entries) drawOne(entry.target); });
new MutationObserver(changes => {
  if (changes.some(change => change.type === 'attributes' || [...change.addedNodes].some(node => node.nodeType === Node.ELEMENT_NODE && (node.matches('[data-drawing]') || node.querySelector('[data-drawing]'))))) drawAll();
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-drawing', 'data-theme'] });
drawAll();

// Paper has another width, and is always light: the drawings scale with it, in the colours of the light theme, and are put back afterwards.
let undo = [];
addEventListener('beforeprint', () => {
  const light = lightColors();
  for (const svg of document.querySelectorAll('.apexcharts-canvas > svg')) {
    replace(svg, 'viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
    replace(svg, 'style', 'width:100%;height:auto');
    replace(svg.parentNode, 'style', 'width:100%');
    for (const shape of svg.querySelectorAll('[fill], [stroke]')) {
      for (const name of ['fill', 'stroke']) {
        const color = light(shape.getAttribute(name));
        if (color) replace(shape, name, color);
      }
    }
  }
});
addEventListener('afterprint', () => {
  for (const [node, name, value] of undo.reverse()) value === null ? node.removeAttribute(name) : node.setAttribute(name, value);
  undo = [];
});

function replace(node, name, value) {
  undo.push([node, name, node.getAttribute(name)]);
  node.setAttribute(name, value);
}

// From a colour of the theme to the same token's in the light one; nothing where it is light already.
function lightColors() {
  const { dataset } = document.documentElement, theme = dataset.theme;
  if (theme === 'light') return () => null;
  const slots = [...Array(8).keys()].flatMap(i => ['', '-2', '-3'].map(step => `c${i + 1}${step}`));
  const names = ['surface', 'line', 'faint', 'accent', 'bad', 'other', 'k-out', 'k-write', 'k-read', 'k-in', ...slots].map(name => `--al-${name}`);
  const now = names.map(css);
  dataset.theme = 'light';
  const to = new Map(names.map((name, i) => [now[i], css(name)]).filter(([from, color]) => from && color));
  dataset.theme = theme;
  const hex = number => (+number).toString(16).padStart(2, '0');
  return color => {
    const [, r, g, b, a] = color?.match(/^rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)$/) ?? [];
    const solid = r ? `#${hex(r)}${hex(g)}${hex(b)}` : color?.slice(0, 7).toLowerCase();
    const alpha = r ? hex(Math.round((a ?? 1) * 255)) : color?.slice(7) || 'ff';
    return to.has(solid) ? to.get(solid) + alpha : null;
  };
}

// The room of the places within their chart: where it begins, its size, how far apart places are, and where the first one begins.
function placesOf(chart) {
  const plot = chart.querySelector('.plot'), drawn = charts.get(plot)?.chart;
  if (!drawn) return null;
  const { globals } = drawn.w, box = plot.getBoundingClientRect(), host = chart.getBoundingClientRect(), count = rowsOf(chart).length;
  const room = { left: box.left - host.left + globals.translateX, top: box.top - host.top + globals.translateY, width: globals.gridWidth, height: globals.gridHeight };
  const lying = chart.classList.contains('bars'), lines = chart.classList.contains('lines') && count > 1;
  const length = lying ? room.height : room.width;
  return { ...room, lying, step: length / (lines ? count - 1 : count), first: lines ? -length / (count - 1) / 2 : 0 };
}

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
  const room = placesOf(chart);
  if (!room) return;
  const gap = 8, width = chart.clientWidth, start = room.first + place * room.step;
  const px = at => `${Math.round(at)}px`;
  const put = (part, left, top) => Object.assign(part.style, { left: px(left), top: px(top) });
  if (room.lying) {
    Object.assign(band.style, { width: px(room.width), height: px(room.step) });
    put(band, room.left, room.top + start);
    put(tip, Math.max(0, (width - tip.offsetWidth) / 2), room.top + start + room.step + 4);
  } else {
    Object.assign(band.style, { width: px(room.step), height: px(room.height) });
    put(band, room.left + start, room.top);
    const right = room.left + start + room.step + gap;
    put(tip, right + tip.offsetWidth <= width ? right : Math.max(0, room.left + start - gap - tip.offsetWidth), room.top + 16);
  }
}

function placeAt(chart, e) {
  const room = placesOf(chart), host = chart.getBoundingClientRect();
  if (!room) return -1;
  const x = e.clientX - host.left - room.left, y = e.clientY - host.top - room.top;
  // The name beside a lying bar is the bar's, too.
  if (x < (room.lying ? -room.left : room.first) || x > room.width - room.first || y < 0 || y > room.height) return -1;
  return Math.min(rowsOf(chart).length - 1, Math.floor(((room.lying ? y : x) - room.first) / room.step));
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
  if (node.matches('svg path, svg line')) return trace(ink, node, style);
  if (node.matches('defs, clipPath, style, foreignObject')) return;
  if (style.backgroundColor !== 'rgba(0, 0, 0, 0)' && !node.matches('.card')) {
    ink.fillStyle = style.backgroundColor;
    ink.beginPath();
    ink.roundRect(box.left, box.top, box.width, box.height, parseFloat(style.borderRadius) || 0);
    ink.fill();
  }
  for (const child of node.childNodes) draw(ink, child);
}

function trace(ink, shape, style) {
  const { a, b, c, d, e, f } = shape.getScreenCTM(), drawn = new Path2D();
  const way = shape.matches('path') ? new Path2D(shape.getAttribute('d')) : new Path2D(`M${shape.x1.baseVal.value} ${shape.y1.baseVal.value}L${shape.x2.baseVal.value} ${shape.y2.baseVal.value}`);
  drawn.addPath(way, new DOMMatrix([a, b, c, d, e, f]));
  ink.globalAlpha = +style.opacity;
  if (style.fill !== 'none' && shape.matches('path')) { Object.assign(ink, { fillStyle: style.fill }); ink.globalAlpha = style.opacity * style.fillOpacity; ink.fill(drawn); }
  if (style.stroke !== 'none') { Object.assign(ink, { strokeStyle: style.stroke, lineWidth: parseFloat(style.strokeWidth), lineJoin: 'round', lineCap: 'round' }); ink.globalAlpha = style.opacity * style.strokeOpacity; ink.stroke(drawn); }
  ink.globalAlpha = 1;
}

function words(ink, node) {
  const text = node.textContent.trim();
  if (!text) return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement), isDrawn = node.parentElement.matches('svg *');
  if (!box.width) return;
  caption(ink, text, `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`, isDrawn ? style.fill : style.color, box.left, box.top + box.height / 2);
}

function caption(ink, text, font, fillStyle, left, middle) {
  Object.assign(ink, { font, fillStyle, textBaseline: 'middle' });
  ink.fillText(text, left, middle);
}
