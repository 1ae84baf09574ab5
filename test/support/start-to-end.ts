import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { testEnvironment } from './settings.ts'

/** What a process said, and how it ended. */
export type Ended = { code: number | null; stdout: string; stderr: string }

/**
 * Starts a server or worker on the embedded database in a folder, and waits for its end. `onText`
 * is called with everything that it has said so far.
 */
export async function runToEnd(
  folder: string,
  program: 'main' | 'worker',
  environment: Record<string, string>,
  {
    words = [],
    onText = () => undefined,
  }: { words?: string[]; onText?: (text: string, child: ChildProcess) => void } = {},
): Promise<Ended> {
  const folders = { DATA_DIR: path.join(folder, 'data'), MEDIA_DIR: path.join(folder, 'media') }
  const own = {
    ...folders,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    METRICS_PORT: '0',
    DEMO_DATA: 'false',
  }
  const env = {
    ...process.env,
    ...testEnvironment,
    ...own,
    PORT: String(await findFreePort()),
    ...environment,
  } as NodeJS.ProcessEnv
  const child = spawn(process.execPath, [`src/server/.build/${program}.js`, ...words], {
    env,
  })
  const ended = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    ended.stdout += String(chunk)
    onText(ended.stdout, child)
  })
  child.stderr.on('data', (chunk) => (ended.stderr += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...ended }
}
