import { readdir, readFile } from 'node:fs/promises'

/** Lists the processes of a group from /proc; empty if there is no /proc. */
async function listGroupMembers(group: number): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const members = names
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === group
        ? Number(name)
        : null
    })
  return (await Promise.all(members)).filter((pid) => pid !== null)
}

/**
 * Returns the memory of a process group in bytes, with shared pages divided among their users
 * (PSS); 0 if unknown.
 */
export async function readGroupMemory(group: number): Promise<number> {
  const sizes = (await listGroupMembers(group)).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0)
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Kills all processes of a group at once. Does nothing if the group no longer exists. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
