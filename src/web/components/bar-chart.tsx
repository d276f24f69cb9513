import type { Locale } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import type { Chart } from '../../core/reports/charts.js';

const width = 720;
const height = 220;
const room = { top: 16, right: 8, bottom: 28, left: 48 };

/** Bars, as an image with a name; beneath it the same as a table, for whoever does not see the bars. */
export function BarChart({ chart, locale }: { chart: Chart; locale: Locale }) {
  const { title, of, unit, bars } = chart;
  const { charts } = wordsIn(locale).reports;
  const written = (value: number) => value.toLocaleString(`${locale}-CA`, { maximumFractionDigits: 1 });
  const top = ceilingOf(Math.max(...bars.map(({ value }) => value)));
  const step = (width - room.left - room.right) / bars.length;
  const yOf = (value: number) => height - room.bottom - (value / top) * (height - room.top - room.bottom);
  const labelled = labelledBars(bars.length);
  return (
    <figure class="chart panel">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {[0, top / 2, top].map((value) => (
          <g class="grid">
            <line x1={room.left} x2={width - room.right} y1={yOf(value)} y2={yOf(value)} />
            <text x={room.left - 8} y={yOf(value) + 4} text-anchor="end">
              {written(value)}
            </text>
          </g>
        ))}
        {bars.map(({ label, value }, index) => (
          <g class="bar">
            <rect
              x={room.left + index * step + step * 0.12}
              width={Math.min(step * 0.76, 64)}
              y={yOf(value)}
              height={height - room.bottom - yOf(value)}
              rx="2"
            >
              <title>{`${label}: ${written(value)}`}</title>
            </rect>
            {labelled.has(index) && (
              <text
                x={room.left + index * step + step * 0.12 + Math.min(step * 0.76, 64) / 2}
                y={height - 8}
                text-anchor={
                  index === 0 && step < 60 ? 'start' : index === bars.length - 1 && step < 60 ? 'end' : 'middle'
                }
              >
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
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

/** Few bars have all their names; of many, the first, the middle and the last. */
const labelledBars = (count: number): ReadonlySet<number> =>
  new Set(count <= 8 ? Array.from({ length: count }, (_, index) => index) : [0, Math.floor(count / 2), count - 1]);
