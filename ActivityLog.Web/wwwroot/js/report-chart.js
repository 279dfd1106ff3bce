// The only module that knows the chart library (ApexCharts). It draws stacked bars; legend and table are HTML of ReportChart.razor,
// and so is the tooltip, which mouse and arrow keys share.
import ApexCharts from '../lib/apexcharts.esm.js';

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const narrowBelow = 520;

const money = v => '$' + (v >= 1000 ? Math.round(v).toLocaleString('en-US') : v >= 10 || Number.isInteger(v) ? v.toFixed(0) : v >= .1 ? v.toFixed(2) : trim(v.toPrecision(2)));
const trim = text => text.includes('.') ? text.replace(/\.?0+$/, '') : text;
const short = v => v >= 1e9 ? trim((v / 1e9).toFixed(2)) + '\u202fB' : v >= 1e6 ? trim((v / 1e6).toFixed(1)) + '\u202fM' : v >= 1e3 ? trim((v / 1e3).toFixed(1)) + '\u202fk' : trim(v.toFixed(1));
const axis = measure => measure === 'Cost' ? money : short;

const escape = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function options(data, width) {
  const narrow = width < narrowBelow;
  const label = axis(data.measure);
  const totals = data.bars.map((_, i) => data.series.reduce((sum, s) => sum + s.values[i], 0));
  const now = data.unfinished;
  const ticks = v => { const bar = data.bars[v]; return bar && (bar.tickWhenNarrow || !narrow) ? bar.tick : ''; };
  const names = { style: { fontSize: '11px' }, maxWidth: narrow ? 110 : 220 };
  return {
    series: data.series.map(s => ({ name: s.name, data: s.values.map(v => v || null) })), // a nought would be drawn as a hairline
    colors: data.series.map(s => css(s.color)),
    chart: {
      type: 'bar', stacked: true, height: data.height, fontFamily: 'inherit', foreColor: css('--al-faint'), background: 'transparent',
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, animations: { enabled: false }, parentHeightOffset: 0, redrawOnParentResize: true,
    },
    theme: { mode: document.documentElement.dataset.theme },
    plotOptions: { bar: { horizontal: data.horizontal, columnWidth: narrow ? '78%' : '68%', barHeight: '58%', borderRadius: 2, borderRadiusApplication: 'end', borderRadiusWhenStacked: 'last' } },
    stroke: { show: true, width: narrow ? .5 : .75, colors: [css('--al-surface')] }, // a hairline of the surface parts the segments
    fill: { opacity: 1 }, dataLabels: { enabled: false }, legend: { show: false }, tooltip: { enabled: false },
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
    grid: {
      borderColor: css('--al-line'), padding: { left: 8, right: data.horizontal ? 16 : 4, top: -16, bottom: 0 },
      xaxis: { lines: { show: data.horizontal } }, yaxis: { lines: { show: !data.horizontal } },
    },
    xaxis: {
      type: 'category', categories: data.bars.map((bar, i) => data.horizontal ? bar.tick : i), axisBorder: { show: false }, axisTicks: { show: false }, crosshairs: { show: false }, tickAmount: data.horizontal ? 4 : undefined,
      labels: data.horizontal
        ? { style: { fontSize: '11px' }, formatter: v => label(+v) }
        : { rotate: 0, hideOverlappingLabels: false, trim: false, style: { fontSize: '11px' }, formatter: ticks },
    },
    yaxis: data.horizontal ? { labels: names } : { tickAmount: 4, forceNiceScale: true, labels: { style: { fontSize: '11px' }, formatter: label, offsetX: -4 } },
    annotations: {
      points: narrow || now === null || data.horizontal || !totals[now] ? [] : [{
        x: now, y: totals[now], marker: { size: 0 },
        label: { text: 'now', borderWidth: 0, offsetY: 0, style: { background: css('--al-surface'), padding: { left: 0, right: 0, top: 1, bottom: 1 }, color: css('--al-faint'), fontSize: '11px' } },
      }],
    },
  };
}

class Chart {
  constructor(host, live, page, data) {
    Object.assign(this, { host, live, page, data, at: -1, width: host.clientWidth });
    this.drawing = host.appendChild(document.createElement('div'));
    this.band = host.appendChild(Object.assign(document.createElement('div'), { className: 'chart-band', hidden: true }));
    this.tip = host.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
    this.stop = new AbortController();
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: this.stop.signal });
    on(host, 'pointermove', e => this.show(this.barAt(e)));
    on(host, 'pointerleave', () => this.show(-1));
    on(host, 'click', e => this.open(this.barAt(e)));
    on(host, 'blur', () => this.show(-1));
    on(host, 'keydown', e => this.key(e));
    on(window, 'themechange', () => this.draw());
    on(window, 'beforeprint', () => this.print(true));
    on(window, 'afterprint', () => this.print(false));
    this.observer = new ResizeObserver(() => {
      const was = this.width;
      this.width = host.clientWidth;
      if (was === 0 || was < narrowBelow !== this.width < narrowBelow) this.draw();
    });
    this.observer.observe(host);
    this.draw();
  }

  update(data) {
    this.data = data;
    this.draw();
  }

  draw() {
    this.show(-1);
    this.chart?.destroy();
    this.chart = null;
    if (!this.host.clientWidth || !this.data.series.length) return; // hidden behind its table: drawn when it comes back
    this.chart = new ApexCharts(this.drawing, options(this.data, this.host.clientWidth));
    return this.chart.render();
  }

  // The plot inside the host, and the length of one bar's place along its axis.
  plot() {
    const { globals } = this.chart.w;
    const box = this.drawing.getBoundingClientRect(), host = this.host.getBoundingClientRect();
    const plot = { left: box.left - host.left + globals.translateX, top: box.top - host.top + globals.translateY, width: globals.gridWidth, height: globals.gridHeight };
    plot.step = (this.data.horizontal ? plot.height : plot.width) / this.data.bars.length;
    return plot;
  }

  barAt(e) {
    if (!this.chart) return -1;
    const plot = this.plot(), host = this.host.getBoundingClientRect();
    const x = e.clientX - host.left - plot.left, y = e.clientY - host.top - plot.top;
    if (x < (this.data.horizontal ? -plot.left : 0) || x > plot.width || y < 0 || y > plot.height) return -1;
    return Math.min(this.data.bars.length - 1, Math.floor((this.data.horizontal ? y : x) / plot.step));
  }

  key(e) {
    const last = this.data.bars.length - 1;
    const to = { ArrowRight: this.at + 1, ArrowDown: this.at + 1, ArrowLeft: this.at - 1, ArrowUp: this.at - 1, Home: 0, End: last }[e.key];
    if (to !== undefined) {
      e.preventDefault();
      this.show(Math.max(0, Math.min(last, this.at < 0 && e.key === 'ArrowLeft' ? last : to)));
      this.live.textContent = this.sentence(this.at);
    } else if (e.key === 'Enter') this.open(this.at);
    else if (e.key === 'Escape') this.show(-1);
  }

  open(bar) {
    if (bar >= 0 && this.data.bars[bar].opens) this.page.invokeMethodAsync('Open', bar);
  }

  parts(bar) {
    const parts = this.data.series.map(s => ({ name: s.name, color: s.color, value: s.values[bar], text: s.texts[bar] })).filter(p => p.value > 0);
    const sum = parts.reduce((total, p) => total + p.value, 0);
    return parts.map(p => ({ ...p, share: `${Math.round(100 * p.value / sum)}%` }));
  }

  sentence(bar) {
    return `${this.data.bars[bar].title}: ${this.data.bars[bar].total}. ` + this.parts(bar).map(p => `${p.name} ${p.text}`).join(', ');
  }

  show(bar) {
    this.at = bar;
    this.tip.hidden = this.band.hidden = bar < 0 || !this.chart;
    if (this.tip.hidden) return;
    this.host.style.cursor = this.data.bars[bar].opens ? 'pointer' : '';
    this.tip.innerHTML = `<h4><span>${escape(this.data.bars[bar].title)}</span><span>${this.data.bars[bar].total}</span></h4>` + this.parts(bar)
      .map(p => `<div><span><span class="swatch" style="--c:var(${p.color})"></span>${escape(p.name)}</span><b>${p.text}</b><span>${p.share}</span></div>`).join('');
    const plot = this.plot(), start = bar * plot.step;
    const px = at => `${Math.round(at)}px`;
    const band = this.data.horizontal ? [plot.left, plot.top + start, plot.width, plot.step] : [plot.left + start, plot.top, plot.step, plot.height];
    ['left', 'top', 'width', 'height'].forEach((side, i) => this.band.style[side] = px(band[i]));
    const room = this.host.clientWidth, width = this.tip.offsetWidth, gap = 8;
    const left = this.data.horizontal ? plot.left + plot.width / 2 - width / 2 : band[0] + band[2] + gap + width <= room ? band[0] + band[2] + gap : band[0] - gap - width;
    this.tip.style.left = px(Math.max(0, Math.min(left, room - width)));
    this.tip.style.top = px(this.data.horizontal ? band[1] + band[3] : plot.top + 16);
  }

  // Paper has another width: let the drawing scale with it, and put it back afterwards.
  print(onPaper) {
    for (const svg of this.drawing.querySelectorAll('.apexcharts-canvas > svg')) {
      if (onPaper) {
        svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
        svg.style.cssText = 'width:100%;height:auto';
        svg.parentNode.style.width = '100%';
      } else {
        svg.removeAttribute('viewBox');
        svg.style.cssText = '';
        svg.parentNode.style.width = `${svg.getAttribute('width')}px`;
      }
    }
  }

  dispose() {
    this.stop.abort();
    this.observer.disconnect();
    this.chart?.destroy();
    this.host.replaceChildren();
  }
}

export const create = (host, live, page, data) => new Chart(host, live, page, data);
