import { quoteValue } from '../../src/domain/input-values.ts'
import {
  buildUsageError,
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  printLine,
  splitFlags,
} from '../../src/commands/run-command.ts'
import { approvalsDrill } from './approvals.ts'
import { bruteForceDrill } from './brute-force.ts'
import { commitDrill } from './commit.ts'
import { feedsDrill } from './feeds.ts'
import { jobsDrill } from './jobs/jobs.ts'
import { mailDrill } from './mail.ts'
import { marketDrill } from './market.ts'
import { overloadDrill } from './overload.ts'
import { postgresDrill } from './postgres.ts'
import { redisDrill } from './redis.ts'
import { restartDrill } from './restart.ts'
import { scrapeDrill } from './scrape.ts'
import { soakDrill } from './soak.ts'
import { ssrfDrill } from './ssrf.ts'
import { vinDrill } from './vin.ts'

type Drill = (print: (line: string) => void, duration?: number) => Promise<boolean>

/**
 * npm run drill -- NAME: a real fault on the real product. Prints what it did and its figures; exit
 * 0 only when the promise held. One drill a file; each answers whether its promise held.
 */
const drills: Record<string, Drill> = {
  approvals: approvalsDrill,
  'brute-force': bruteForceDrill,
  commit: commitDrill,
  feeds: feedsDrill,
  jobs: jobsDrill,
  mail: mailDrill,
  market: marketDrill,
  overload: overloadDrill,
  postgres: postgresDrill,
  redis: redisDrill,
  restart: restartDrill,
  scrape: scrapeDrill,
  soak: soakDrill,
  ssrf: ssrfDrill,
  vin: vinDrill,
}

/** The drills whose duration may be given, and its unit. */
const DURATIONS: Record<string, string> = { overload: 'SECONDS', soak: 'MINUTES' }

const LINE: CommandLine = {
  program: 'npm run drill',
  forms: Object.keys(drills).map((name) =>
    DURATIONS[name] ? `${name} [${DURATIONS[name]}]` : name,
  ),
}

await runCommand(LINE, async (args) => {
  const [input, ...more] = splitFlags(args, LINE).words
  const name = parseChoice(input, Object.keys(drills), LINE)
  const [duration] = DURATIONS[name] ? more.splice(0, 1) : []
  rejectExtraArguments(more, LINE)
  const held = await drills[name]?.(printLine, parseDuration(duration))
  printLine(held ? `\nThe promise of ${name} held.` : `\nThe promise of ${name} did NOT hold.`)
  if (!held) process.exitCode = 1
})

function parseDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d*$/.test(text))
    throw buildUsageError(`${quoteValue(text)} is not a whole number`, LINE)
  return Number(text)
}
