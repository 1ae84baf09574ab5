import { existsSync, readdirSync, watch } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runChild } from './child.mjs'
import { printLines } from './step.mjs'
import { programArguments, programEnvironment } from './tasks.mjs'

const FOLDERS = ['src', 'collections', 'hooks', 'jobs', 'plugins']
const SOURCE = /^(payload\.config\.ts|\.env|.+\/[^.][^/]*\.(ts|tsx|json))$/
/**
 * Files whose changes do not restart the program: Next reloads the screens automatically, and
 * generated files follow from others.
 */
const ASIDE =
  /^(src|plugins\/[^/]+)\/admin$|^src\/(generated|bootstrap|lint|decisions)$|\/fixtures$|\/\.[^/]*$/
/**
 * The delay after a change: long enough for an editor or a checkout to write the remaining files.
 */
const DEBOUNCE_MS = 200
/** How long the server may take to stop before it is killed. */
const STOP_TIMEOUT_MS = 15_000

/**
 * Runs the program and restarts it when a source changes, until SIGINT or SIGTERM. Returns the last
 * exit code.
 */
export async function watchProgram(root, command, args) {
  const sources = watchSources(root)
  for (;;) {
    const change = sources.nextChange()
    let changed = false
    const { code, stopped } = await runChild(process.execPath, programArguments(command, args), {
      stdio: 'inherit',
      env: programEnvironment(command),
      onStart: async (child) => {
        printLines(`${await change} changed: restarting.`)
        changed = true
        await stopChild(child)
      },
    })
    if (stopped) {
      sources.close()
      return code
    }
    if (!changed)
      printLines(`The program exited with code ${code}. It restarts when a source file changes.`)
    await change
    await pause(DEBOUNCE_MS)
  }
}

async function stopChild(child) {
  child.kill('SIGTERM')
  await pause(STOP_TIMEOUT_MS, undefined, { ref: false })
  child.kill('SIGKILL') // does nothing if it has already ended
}

/**
 * Watches folders instead of files, because editors and git replace files. Paths are relative to
 * the root.
 */
function watchSources(root) {
  const watchers = new Map()
  let waiting = []
  const onEvent = (folder, name) => {
    cover(folder)
    const file = path.posix.join(folder, name)
    if (SOURCE.test(file)) waiting = waiting.filter((notify) => notify(file))
  }
  const cover = (folder) => {
    const inner = foldersIn(root, folder)
    if (!inner) return forget(folder)
    if (!watchers.has(folder))
      watchers.set(
        folder,
        watch(path.join(root, folder), (_kind, name) => onEvent(folder, name ?? '')),
      )
    inner.forEach(cover)
  }
  const forget = (folder) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  cover('.')
  return {
    nextChange: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => [...watchers.keys()].forEach(forget),
  }
}

/** The watched folders inside a folder; undefined if it no longer exists. */
function foldersIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return undefined
  if (folder === '.') return FOLDERS
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.posix.join(folder, entry.name))
    .filter((inner) => !ASIDE.test(inner))
}
