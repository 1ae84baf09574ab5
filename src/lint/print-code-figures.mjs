import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isWithin, LIMITS, listSources, measureSources } from './code-figures.mjs'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
const figures = measureSources(listSources(root))
let broken = 0
for (const [name, limit] of Object.entries(LIMITS)) {
  const { value, places } = figures[name]
  const bound = limit.max === undefined ? `at least ${limit.min}` : `at most ${limit.max}`
  const unit = limit.unit === undefined ? '' : ` % of ${limit.of}`
  process.stdout.write(`${name}: ${value}${unit} (${bound})\n`)
  if (isWithin(value, limit) && name !== 'longFunctions') continue
  if (!isWithin(value, limit)) broken += 1
  for (const place of places) process.stdout.write(`  ${place}\n`)
}
process.exitCode = broken > 0 ? 1 : 0
