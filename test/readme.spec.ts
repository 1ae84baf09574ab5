import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar, saveVehicle } from './support/builders.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from './support/forecourt.ts'

const readme = readFileSync('README.md', 'utf8')
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  block?.includes('curl ') ? [block] : [],
)

let forecourt: TestForecourt
let server: Server
let account: { email: string; password: string }
beforeAll(async () => {
  forecourt = await openForecourt()
  await saveCar(forecourt.payload, { make: 'Toyota', price: 19_999 })
  account = await saveUser(forecourt.payload, 'manager')
  server = forecourt.app.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await forecourt.close()
})

/**
 * Runs a block of the README as a person would paste it, each curl telling its status, on the
 * test's own server.
 */
async function pasted(block: string): Promise<{ statuses: string[]; output: string }> {
  const { port } = server.address() as AddressInfo
  const here = block
    .replaceAll('http://localhost:3000', `http://127.0.0.1:${port}`)
    .replace('EMAIL', account.email)
    .replace('PASSWORD', account.password)
    .replaceAll(/^(post\(\) \{ )?curl /gm, "$1curl -sw '\\nstatus %{http_code}\\n' ")
  const { stdout } = await promisify(execFile)('bash', ['-c', here])
  return {
    statuses: [...stdout.matchAll(/^status (\d+)$/gm)].map(([, status]) => status ?? ''),
    output: stdout,
  }
}

describe('the curl examples of the README', () => {
  it('are there: anonymous reads, a write by staff, a public site, an owner’s garage, the catalog, and the jobs', () => {
    expect(blocks).toHaveLength(7)
  })

  it('read the lot as anybody', async () => {
    const { statuses, output } = await pasted(blocks[0] ?? '')
    expect(statuses).toEqual(['200', '200', '200', '200'])
    expect(output).toContain('"make":"Toyota"')
    expect(output).toContain('"totalDocs":1')
    expect(output).not.toContain('cost')
  })

  it('sign in and put a car on the lot', async () => {
    const { statuses, output } = await pasted(blocks[1] ?? '')
    expect(statuses).toEqual(['201'])
    expect(output).toContain('"model":"Model 3"')
  })

  it('search the lot, and ask about a car', async () => {
    const { statuses, output } = await pasted(blocks[2] ?? '')
    expect(statuses).toEqual(['200', '200', '200', '200', '200', '200', '201'])
    expect(output).toContain('"corrected":[{"word":"toyta","to":"toyota"}]')
    expect(output).toContain('"@type":"Car"')
    expect(output).toContain('We will answer you soon')
  })

  const pastedByOwner = async (block: string) => {
    const { token, subject } = await forecourt.asOwner()
    const { id } = await saveVehicle(forecourt.payload, subject)
    return pasted(`TOKEN=${token}\n${block.replaceAll(/\bID\b/g, id)}`)
  }

  it('write down a vehicle, a document, fills, a schedule, and a service that moves it', async () => {
    const { statuses, output } = await pastedByOwner(blocks[3] ?? '')
    expect(statuses).toEqual(Array(7).fill('201'))
    expect(output).toContain('"totalCost":38.74')
    expect(output).toContain('total_above_units')
  })

  it('list an owner’s vehicles, and put one into the trash and back', async () => {
    const { statuses, output } = await pastedByOwner(blocks[4] ?? '')
    expect(statuses).toEqual(['200', '200', '200'])
    expect(output).toContain('Restored.')
  })

  it('list what the catalog has, choice by choice', async () => {
    const { statuses, output } = await pasted(blocks[5] ?? '')
    expect(statuses).toEqual(['200', '200', '200', '200', '200', '200'])
    expect(output).toContain('{"transmissions":[]}')
  })

  it('list the jobs and what ran, watch what runs, run one, and queue one again', async () => {
    const token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'admin'))
    const { rows } =
      await forecourt.sql(`insert into job_history (job_name, job_id, status, dead, started_at,
        completed_at, input)
      values ('prune-mails', gen_random_uuid(), 'failure', true, now(), now(), '{}') returning id`)
    const block = (blocks[6] ?? '')
      .replaceAll(/\bRUN\b/g, String(rows[0].id))
      .replace('curl -N', 'curl -N -m 2')
    const { statuses, output } = await pasted(`TOKEN=${token}\n${block}`)
    expect(statuses).toEqual(['200', '200', '200', '202', '202'])
    expect(output).toContain('event: runs')
    expect(output).toContain('prune-sessions is queued.')
    expect(output).toContain('prune-mails is queued again.')
  })
})
