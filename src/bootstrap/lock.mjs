import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startTicking } from './step.mjs'

/**
 * Runs `work` in one process at a time among all that use the same folder; the lock of a killed
 * process is ignored. `work` receives a function that registers a child process, which must also
 * have ended before the next process may start: npm survives a kill -9 of its parent. While it
 * waits, it prints the ID of the process that holds the lock, what that process is `doing` (such as
 * "installing Node"), and the elapsed time.
 */
export async function withLock(folder, { doing, work }) {
  const lock = await waitForLock(folder, doing)
  try {
    return await work((child) => lock.add(child.pid))
  } finally {
    lock.release()
  }
}

async function waitForLock(folder, doing) {
  let ticking
  for (;;) {
    const lock = tryLock(folder)
    if (lock.release) {
      ticking?.stop()
      return lock
    }
    if (lock.holder) ticking ??= startTicking(`Waiting for process ${lock.holder}, ${doing}`)
    await pause(100 + 100 * Math.random())
  }
}

/**
 * Tries to take the lock of a folder, and returns its `release` and a function that `add`s a
 * process to its holders. Otherwise returns the `holder`, or undefined if another process tried at
 * the same time: try again after a random pause.
 *
 * Each process that holds the lock or tries to has an empty file in the folder. It first creates
 * its file and then looks for others, so of several processes that try, at most one succeeds.
 */
export function tryLock(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeEnded(folder)
  const [holder] = findHolders(folder)
  if (holder !== undefined) return { holder }
  const files = []
  const add = (pid) => {
    const name = identify(pid)
    if (name === '') return
    files.push(path.join(folder, name))
    writeFileSync(files.at(-1), '')
  }
  const release = () => files.forEach((file) => rmSync(file, { force: true }))
  add(process.pid)
  if (findHolders(folder).length === 1) return { add, release }
  release()
  return { holder: undefined }
}

/** Finds the IDs of the running processes that hold the lock of a folder, or are trying to. */
export function findHolders(folder) {
  return existsSync(folder) ? readdirSync(folder).filter(isRunning).map(parseId) : []
}

/** Removes the files of ended processes. No other process will ever have their names. */
function removeEnded(folder) {
  for (const name of readdirSync(folder))
    if (!isRunning(name)) rmSync(path.join(folder, name), { force: true })
}

const parseId = (name) => Number.parseInt(name, 10)

const isRunning = (name) => identify(parseId(name)) === name

/**
 * The name of the file of a process: its ID, which may be reused, in containers immediately, and
 * its start time; '' if the process has ended.
 */
function identify(pid) {
  const started = readStartTime(pid).replaceAll(/\W+/g, '-')
  return started && `${pid}-${started}`
}

/** The start time of a process as the system reports it; '' if the process has ended. */
function readStartTime(pid) {
  if (!existsSync('/proc/self/stat'))
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  try {
    // proc(5), after the name in parentheses: field 3 is the state (Z: ended, not yet collected),
    // field 22 is the start time in ticks since the boot
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return fields[0] === 'Z' ? '' : `${boot} ${fields[19]}`
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}
