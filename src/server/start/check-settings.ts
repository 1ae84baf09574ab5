import { accessSync, constants, statSync } from 'node:fs'
import { readCommonPasswords } from '../../auth/staff/common-passwords.ts'
import { isCommonPassword } from '../../domain/common-password.ts'
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
      listens ? findFirstPasswordProblem(settings) : null,
      settings.METRICS_PORT > 0 ? findHostProblem('METRICS_HOST', settings.METRICS_HOST) : null,
      settings.REDIS_URL === undefined ? null : findRedisProblem(settings.REDIS_URL),
    ])),
  ].filter((problem) => problem !== null)
  if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
}

/**
 * Checks the first admin's password against the rules for all accounts, before a database is
 * created.
 */
async function findFirstPasswordProblem({
  FIRST_ADMIN_PASSWORD: password,
}: Settings): Promise<string | null> {
  if (password === undefined || !isCommonPassword(password, await readCommonPasswords()))
    return null
  return (
    'FIRST_ADMIN_PASSWORD is a common password, which attackers try first. Choose another ' +
    'one, such as the output of openssl rand -base64 15.'
  )
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
