import { accessSync, constants, statSync } from 'node:fs'
import { describeFileError } from '../../domain/system-error.ts'
import { type Settings, WrongSetting } from '../../env.ts'
import { findFolderProblems } from '../../folders.ts'
import { quoteValue } from '../../settings/setting-errors.ts'
import { findHostProblem, findListenProblem } from './listen-problem.ts'
import { findRedisProblem } from './redis-problem.ts'

/**
 * Throws WrongSetting, with a sentence for each setting that names something missing: a folder, a
 * program, an address of this machine or a Redis. Called before anything is opened. A worker does
 * not listen, so PORT and HOST are not checked for it.
 */
export async function refuseWrongSettings(
  settings: Settings,
  { listens }: { listens: boolean },
): Promise<void> {
  const problems = [
    ...findFolderProblems(settings, { writes: true }),
    findChromiumProblem(settings),
    ...(await Promise.all([
      listens ? findListenProblem(settings) : null,
      settings.METRICS_PORT > 0 ? findHostProblem('METRICS_HOST', settings.METRICS_HOST) : null,
      settings.REDIS_URL === undefined ? null : findRedisProblem(settings.REDIS_URL),
    ])),
  ].filter((problem) => problem !== null)
  if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
}

function findChromiumProblem({ CHROMIUM_PATH: program }: Settings): string | null {
  if (program === undefined) return null
  const wayOut =
    'Set it to the path of Chromium or Chrome, such as CHROMIUM_PATH=/usr/bin/chromium, ' +
    'or leave it empty.'
  try {
    if (!statSync(program).isFile())
      return `CHROMIUM_PATH is ${quoteValue(program)}, which is not a file. ${wayOut}`
    accessSync(program, constants.X_OK)
    return null
  } catch (error) {
    return (
      `CHROMIUM_PATH is ${quoteValue(program)}, which cannot be run: ` +
      `${describeFileError(error)}. ${wayOut}`
    )
  }
}
