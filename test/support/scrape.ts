import { expect } from '@jest/globals'
import { waitUntil } from './work.ts'

/** One line of Prometheus' text format 0.0.4: a word about a metric, or a series and its value. */
const LINE =
  /^(?:# (?:HELP|TYPE) [a-zA-Z_:][\w:]* .+|([a-zA-Z_:][\w:]*(?:\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\})?) ([+-]?Inf|NaN|Nan|[-+\d.e]+))$/

/** Series by name and labels, as they are written. */
export type Series = ReadonlyMap<string, number>

/** Reads the metrics at a port, and fails on a line that is none of the text format. */
export async function scrapeMetrics(port: number | null): Promise<Series> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ])
  return parseSeries(await answer.text())
}

/** The series of a text; fails where a line is none of the format, or a series is told twice. */
export function parseSeries(text: string): Series {
  const series = new Map<string, number>()
  for (const line of text.split('\n').filter(Boolean)) {
    expect(line).toMatch(LINE)
    const [, name, value] = LINE.exec(line) ?? []
    if (!name) continue
    expect(series.has(name)).toBe(false)
    series.set(name, Number(value))
  }
  return series
}

/**
 * How much series of a metric rise while `action` runs: by these and no others, by exactly as
 * much.
 */
export async function expectRises(
  port: number | null,
  metric: string,
  action: () => Promise<unknown>,
  rises: Record<string, number>,
): Promise<void> {
  const before = await scrapeMetrics(port)
  await action()
  const seen = async () => {
    const own = [...(await scrapeMetrics(port))].filter(([series]) =>
      series.startsWith(`${metric}{`),
    )
    const rose = own.map(
      ([series, value]) =>
        [series.slice(metric.length), value - (before.get(series) ?? 0)] as const,
    )
    return Object.fromEntries(rose.filter(([, by]) => by !== 0))
  }
  await waitUntil(async () => sumCounts(await seen()) >= sumCounts(rises), `${metric} rises`)
  expect(await seen()).toEqual(rises)
}

const sumCounts = (counts: Record<string, number>) =>
  Object.values(counts).reduce((all, one) => all + one, 0)
