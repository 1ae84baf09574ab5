import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isWithin, LIMITS, listSources, measureSources } from './code-figures.mjs'

/**
 * Prints each figure with its limit, and the places of those that exceed it. Returns their number.
 */
function printFigures(root) {
  const figures = measureSources(listSources(root))
  const missed = Object.entries(LIMITS).filter(([name, limit]) => {
    const { value, places } = figures[name]
    const isKept = isWithin(value, limit)
    process.stdout.write(`${name}: ${value}${describeUnit(limit)} (${describeLimit(limit)})\n`)
    if (!isKept) for (const place of places) process.stdout.write(`  ${place}\n`)
    return !isKept
  })
  return missed.length
}

const describeUnit = ({ of, unit }) => (unit === undefined ? '' : ` ${unit} of ${of}`)
const describeLimit = ({ max, min }) => (max === undefined ? `at least ${min}` : `at most ${max}`)

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
process.exitCode = printFigures(root) > 0 ? 1 : 0
