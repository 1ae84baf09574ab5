import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { findProgram } from './find-program.ts'

const SERVER = '/usr/bin/redis-server'

/** A real Redis on loopback, which a test may end at any moment. */
export type RedisPeer = {
  url: string
  freeze: () => void
  /** Lets a frozen one go on, with what it was sent in the meantime. */
  resume: () => void
  kill: () => Promise<void>
  /** Starts an empty one at the same address, after a kill. */
  restart: () => Promise<RedisPeer>
}

/** Whether this machine has a Redis. */
export const findRedis = (): boolean =>
  findProgram({
    file: SERVER,
    debianPackage: 'redis-server',
    untested: 'The limits and caches in Redis are',
  })

type RedisUser = { name: string; password: string }

/** Starts a Redis that keeps nothing, with a user who may do everything where one is named. */
export async function openRedis(user?: RedisUser): Promise<RedisPeer> {
  return startRedis(await findFreePort(), user)
}

async function startRedis(port: number, user?: RedisUser): Promise<RedisPeer> {
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
    kill,
    restart: () => startRedis(port, user),
  }
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
