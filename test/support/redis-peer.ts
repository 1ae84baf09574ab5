import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'

const SERVER = '/usr/bin/redis-server'

/** A real Redis on loopback, which a test may end at any moment. */
export type RedisPeer = {
  url: string
  freeze: () => void
  /** Lets a frozen one go on, with what it was sent in the meantime. */
  resume: () => void
  /** How many commands it has run, those that ask for this number included. */
  countCommands: () => Promise<number>
  kill: () => Promise<void>
}

/** Whether this machine has a Redis; said aloud where it has none. */
export function findRedis(): boolean {
  const there = existsSync(SERVER)
  if (!there && process.env['FORECOURT_CI_RUN'])
    throw new Error('The suite needs a Redis: install Debian’s package redis-server.')
  if (!there)
    process.stderr.write(
      '\nNO REDIS: the limits in Redis are NOT TRIED. Install Debian’s package redis-server.\n',
    )
  return there
}

/** Starts a Redis that keeps nothing, with a user who may do everything where one is named. */
export async function openRedis(user?: { name: string; password: string }): Promise<RedisPeer> {
  const port = await findFreePort()
  const signIn = user ? ['--user', user.name, 'on', `>${user.password}`, '~*', '&*', '+@all'] : []
  const redis = spawn(
    SERVER,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...signIn],
    {
      stdio: 'ignore',
    },
  )
  await untilOpen(port)
  const kill = async () => {
    if (redis.exitCode !== null || redis.signalCode !== null) return
    redis.kill('SIGKILL')
    await once(redis, 'exit')
  }
  return {
    url: `redis://${user ? `${user.name}:${user.password}@` : ''}127.0.0.1:${port}`,
    freeze: () => void redis.kill('SIGSTOP'),
    resume: () => void redis.kill('SIGCONT'),
    countCommands: () => countCommands(port),
    kill,
  }
}

/** Asks twice: what was sent before the first question has been run before the second. */
async function countCommands(port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const counts = () => [...text.matchAll(/total_commands_processed:(\d+)/g)].map(([, n]) => n)
  for (const count of [1, 2]) {
    socket.write('INFO stats\r\n')
    while (counts().length < count) await once(socket, 'data')
  }
  socket.destroy()
  return Number(counts().at(-1))
}

async function untilOpen(at: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(at, '127.0.0.1')
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (open) return
    await sleep(50)
  }
  throw new Error('Redis did not open its port.')
}
