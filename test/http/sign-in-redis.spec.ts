import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { freePort } from '../../src/database/embedded/postmaster.ts'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'

const SERVER = '/usr/bin/redis-server'
const there = existsSync(SERVER)
if (!there) process.stderr.write('\nNO REDIS: the limits in Redis are NOT TRIED. Install Debian’s package redis-server.\n')

let redis: ChildProcess
let forecourt: TestForecourt
let port: number

beforeAll(async () => {
  if (!there) return
  port = await freePort()
  redis = spawn(SERVER, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
  await untilOpen(port)
  forecourt = await openForecourt({ REDIS_URL: `redis://127.0.0.1:${port}` })
})
afterAll(async () => {
  if (!there) return
  redis.kill('SIGKILL')
  await forecourt.close()
})

async function untilOpen(at: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(at, '127.0.0.1')
    const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(
      () => false,
    )
    socket.destroy()
    if (open) return
    await sleep(50)
  }
  throw new Error('Redis did not open its port.')
}

const signIn = (email: string, password: string) => supertest(forecourt.app).post('/api/users/login').send({ email, password })

const countedInPostgres = async () => Number((await forecourt.sql('select count(*) from sign_in_tries')).rows[0].count)

;(there ? describe : describe.skip)('tries to sign in, where there is Redis', () => {
  it('are counted in Redis, and on in PostgreSQL when Redis dies', async () => {
    const { email, password } = await saveUser(forecourt.payload, 'manager')
    await signIn(email, 'wrong').expect(401) // the connection may still be opening
    await forecourt.sql('delete from sign_in_tries')
    for (let tries = 0; tries < 10; tries++) await signIn(email, 'wrong').expect(401)
    await signIn(email, password).expect(401)
    expect(await countedInPostgres()).toBe(0)
    redis.kill('SIGKILL')
    await once(redis, 'exit')
    for (let tries = 0; tries < 10; tries++) await signIn(email, 'wrong').expect(401)
    expect(await countedInPostgres()).toBe(2)
    await signIn(email, password).expect(401)
  })
})
