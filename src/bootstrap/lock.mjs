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
 * Lets one process at a time do `work`, among all that name the same folder; a holder that was
 * killed is passed over. `work` gets a function that names a child which must be gone too before
 * the next may begin: npm outlives a kill -9 of its parent. `onWait` hears once which process is
 * being waited for.
 *
 * The folder holds numbered notes; the newest decides, and it is free when the processes it names
 * are gone. Whoever links the next number holds the lock. Since numbers only grow, nobody can clear
 * away a note that somebody else has just taken.
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

/** 0 when there is no note yet. */
function newestIn(folder) {
  return Math.max(0, ...numbersIn(folder))
}

function numbersIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** A note that is gone was older than one that somebody has just taken. */
function readHolders(folder, number) {
  try {
    return JSON.parse(readFileSync(path.join(folder, String(number)), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** Whether the number is now ours, and still the newest. A link appears whole or not at all. */
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

/** A pid alone comes back, in containers at once; with its start it is one process. */
function isAlive({ pid, started }) {
  return started !== '' && readStartTime(pid) === started
}

/** When the process began, as the system tells it; '' when it is gone. */
function readStartTime(pid) {
  if (!existsSync('/proc/self/stat'))
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  try {
    // proc(5), after the name in parentheses: field 3 is the state (Z: ended, not yet collected),
    // field 22 the start in ticks since the boot
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return fields[0] === 'Z'
      ? ''
      : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}
