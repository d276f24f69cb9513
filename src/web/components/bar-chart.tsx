import type { Locale } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import type { Chart } from '../../core/reports/charts.js';

/** Bars, as an image with a name; beneath it the same as a table, for whoever does not see the bars. */
export function BarChart({ chart, locale }: { chart: Chart; locale: Locale }) {
  const { title, of, unit, bars } = chart;
  const { charts } = wordsIn(locale).reports;
  const written = (value: number) => value.toLocaleString(`${locale}-CA`, { maximumFractionDigits: 1 });
  const top = ceilingOf(Math.max(...bars.map(({ value }) => value)));
  const labels = labelsOf(bars.map(({ label }) => label));
  return (
    <figure class="chart panel">
      <figcaption>{title}</figcaption>
      <div class="plot">
        <div class="plot-values" aria-hidden="true">
          {[top, top / 2, 0].map((value) => (
            <span>{written(value)}</span>
          ))}
        </div>
        {/* In percent instead of by a view box, so that a narrow page makes the bars thinner and leaves the letters. */}
        <svg role="img" aria-label={title}>
          {[0, 50, 100].map((y) => (
            <line x1="0" x2="100%" y1={`${y}%`} y2={`${y}%`} />
          ))}
          {bars.map(({ label, value }, index) => (
            <rect {...barAt(index, bars.length)} y={`${100 - (100 * value) / top}%`} height={`${(100 * value) / top}%`}>
              <title>{`${label}: ${written(value)}`}</title>
            </rect>
          ))}
          {labels.map(({ label, index, anchor, isSpare }) => (
            <text
              class={isSpare ? 'spare' : undefined}
              x={edgeOf(index, bars.length, anchor)}
              y="100%"
              text-anchor={anchor}
            >
              {label}
            </text>
          ))}
        </svg>
      </div>
      <details>
        <summary>{charts.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, value }) => (
              <tr>
                <td>{label}</td>
                <td>{written(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The next round number, so that the grid has whole steps. */
function ceilingOf(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [2, 4, 6, 8, 10].map((factor) => factor * unit).find((round) => round >= value) ?? 10 * unit;
}

type Anchor = 'start' | 'middle' | 'end';

/** In percent of the width; a single bar is not as wide as the page. */
const widestBar = 9;
const widthOf = (count: number): number => Math.min(76 / count, widestBar);
const leftOf = (index: number, count: number): number => ((index + 0.5) * 100) / count - widthOf(count) / 2;

const barAt = (index: number, count: number) => ({ x: `${leftOf(index, count)}%`, width: `${widthOf(count)}%` });

/** Where a bar's label is put: at an edge of the bar, or at its middle. */
const edgeOf = (index: number, count: number, anchor: Anchor): string =>
  `${leftOf(index, count) + { start: 0, middle: 0.5, end: 1 }[anchor] * widthOf(count)}%`;

/**
 * Few bars have all their names; of many, the first, the middle and the last. `isSpare`: a narrow page has no room for
 * it. A long name at an end stays within the chart.
 */
function labelsOf(names: readonly string[]) {
  const last = names.length - 1;
  const main = new Set([0, Math.floor(names.length / 2), last]);
  return names.flatMap((label, index) => {
    const isLong = label.length > 6;
    const anchor: Anchor =
      !isLong || names.length < 5 ? 'middle' : index === 0 ? 'start' : index === last ? 'end' : 'middle';
    const isMain = main.has(index);
    return isMain || names.length <= 8 ? [{ label, index, anchor, isSpare: isLong && !isMain }] : [];
  });
}
