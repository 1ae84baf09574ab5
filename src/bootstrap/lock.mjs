import { spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Runs `work` in one process at a time among all that use the same folder; a lock of a killed
 * process is ignored. `work` receives a function that registers a child process, which must also
 * have ended before the next holder may start: npm survives a kill -9 of its parent. `onWait` is
 * called once with the ID of the process that holds the lock.
 *
 * The folder contains numbered files. The newest one determines the holders; the lock is free when
 * the processes in it have ended. The process that links the next number holds the lock. Because
 * numbers only increase, no process can delete a file that another one has just created.
 */
export async function withLock(folder, { onWait, work }) {
  const number = await acquireLock(folder, onWait)
  try {
    return await work((child) => rewrite(folder, number, [process.pid, child.pid]))
  } finally {
    rewrite(folder, number, [])
  }
}

async function acquireLock(folder, onWait) {
  let reported = false
  for (;;) {
    const newest = newestIn(folder)
    const holder = readHolders(folder, newest).find(isAlive)
    if (!holder && createLockFile(folder, newest + 1)) return newest + 1
    if (holder && !reported) onWait(holder.pid)
    reported ||= Boolean(holder)
    await pause(200)
  }
}

/** The highest number; 0 if there is no file yet. */
function newestIn(folder) {
  return Math.max(0, ...numbersIn(folder))
}

function numbersIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** The holders in a file. A missing file was replaced by a newer one, so it has none. */
function readHolders(folder, number) {
  try {
    return JSON.parse(readFileSync(path.join(folder, String(number)), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * Links the file with this number. Returns whether the number is now ours and still the newest. A
 * link is atomic.
 */
function createLockFile(folder, number) {
  const note = path.join(folder, String(number))
  const draft = writeDraft(folder, [process.pid])
  try {
    linkSync(draft, note)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
  const ours = newestIn(folder) === number
  const done = ours ? numbersIn(folder).filter((other) => other < number) : [number]
  for (const old of done) rmSync(path.join(folder, String(old)), { force: true })
  return ours
}

function rewrite(folder, number, pids) {
  renameSync(writeDraft(folder, pids), path.join(folder, String(number)))
}

function writeDraft(folder, pids) {
  const draft = path.join(folder, `draft-${process.pid}`)
  writeFileSync(draft, JSON.stringify(pids.map((pid) => ({ pid, started: readStartTime(pid) }))))
  return draft
}

/**
 * Whether the process still runs. A process ID may be reused, in containers immediately; together
 * with the start time it identifies one process.
 */
function isAlive({ pid, started }) {
  return started !== '' && readStartTime(pid) === started
}

/** The start time of a process as the system reports it; '' if the process has ended. */
function readStartTime(pid) {
  if (!existsSync('/proc/self/stat'))
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  try {
    // proc(5), after the name in parentheses: field 3 is the state (Z: ended, not yet collected),
    // field 22 is the start time in ticks since the boot
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return fields[0] === 'Z'
      ? ''
      : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}
