import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getSystemErrorCode } from '../../src/domain/system-error.ts'

/** A server of a test in a process of its own. */
export type ServerProcess = { stop: () => Promise<void> }

/** Starts a server, and waits until it accepts connections on a port of loopback. */
export async function startServer(
  file: string,
  args: readonly string[],
  port: number,
): Promise<ServerProcess> {
  const server = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const problems: Buffer[] = []
  server.stderr.on('data', (chunk: Buffer) => problems.push(chunk))
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) break
    if (await isOpen(port)) return { stop: () => stopServer(server) }
    await sleep(50)
  }
  await stopServer(server)
  throw new Error(`${file} did not start: ${Buffer.concat(problems).toString()}`)
}

/** Ends a server with the processes of its connections. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || !server.pid) return
  const ended = once(server, 'exit')
  for (const pid of [...listDescendants(server.pid), server.pid]) killProcess(pid)
  await ended
}

/** The processes of a server's connections, which may have left its process group. */
function listDescendants(pid: number): number[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const findChildren = (parent: number): number[] =>
    all.flatMap(([child = 0, its]) => (its === parent ? [child, ...findChildren(child)] : []))
  return findChildren(pid)
}

/** Kills a process, which may have ended in the meantime. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (getSystemErrorCode(error) !== 'ESRCH') throw error
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const open = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  return open
}
