import {
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  printLine,
  splitFlags,
} from '../../src/commands/run-command.ts'
import { bruteForceDrill } from './brute-force.ts'
import { commitDrill } from './commit.ts'
import { jobsDrill } from './jobs/jobs.ts'
import { mailDrill } from './mail.ts'
import { overloadDrill } from './overload.ts'
import { postgresDrill } from './postgres.ts'
import { restartDrill } from './restart.ts'
import { scrapeDrill } from './scrape.ts'
import { soakDrill } from './soak.ts'
import { ssrfDrill } from './ssrf.ts'

/**
 * npm run drill -- NAME: a real fault on the real product. Prints what it did and its figures; exit
 * 0 only when the promise held. One drill a file; each answers whether its promise held.
 */
const drills: Record<string, (print: (line: string) => void) => Promise<boolean>> = {
  'brute-force': bruteForceDrill,
  commit: commitDrill,
  jobs: jobsDrill,
  mail: mailDrill,
  overload: overloadDrill,
  postgres: postgresDrill,
  restart: restartDrill,
  scrape: scrapeDrill,
  soak: soakDrill,
  ssrf: ssrfDrill,
}

const LINE: CommandLine = { program: 'npm run drill', forms: Object.keys(drills) }

await runCommand(LINE, async (args) => {
  const [input, ...more] = splitFlags(args, LINE).words
  const name = parseChoice(input, Object.keys(drills), LINE)
  rejectExtraArguments(more, LINE)
  const held = await drills[name]?.(printLine)
  printLine(held ? `\nThe promise of ${name} held.` : `\nThe promise of ${name} did NOT hold.`)
  if (!held) process.exitCode = 1
})
