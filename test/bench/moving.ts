import pg from 'pg'
import { z } from 'zod'
import { withEmptyDatabase } from './databases.ts'
import { buildSubject } from './garage.ts'
import { startServer } from './measure.ts'

/** How this bench is named on the command line. */
export const MOVING = 'moving'

const ROWS = 5_000
const LIMITS = { import: 10, again: 5, pdf: 20 } as const
const START = Date.parse('2016-01-01T08:00:00Z')
const HOURS_BETWEEN = 18

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }

const CREATED = z.object({ doc: z.object({ id: z.string() }) })
const IMPORTED = z.object({ counts: z.object({ added: z.number(), known: z.number() }) })

/** A file of 5,000 fills that is imported, imported again, and exported as a PDF. */
export async function benchMoving(print: Print): Promise<Figure[]> {
  return withEmptyDatabase(print, async (url, ownerUrl) => {
    await saveOwner(ownerUrl)
    const { stop, tokens, url: origin } = await startServer('garage', url, '')
    try {
      return await measureMoves(origin, `Bearer ${tokens[0] ?? ''}`, print)
    } finally {
      stop()
    }
  })
}

async function measureMoves(
  origin: string,
  authorization: string,
  print: Print,
): Promise<Figure[]> {
  const send = async (path: string, type: string, body: string) => {
    const headers = { authorization, 'content-type': type }
    const response = await fetch(origin + path, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const vehicle = '{"vin":"1HGCM82633A004352"}'
  const { doc } = CREATED.parse(await send('/api/vehicles', 'application/json', vehicle))
  const path = `/api/vehicles/${doc.id}`
  const file = buildFile()
  const importFile = async () =>
    IMPORTED.parse(await send(`${path}/import`, 'text/csv', file)).counts
  const first = await measure(importFile)
  const again = await measure(importFile)
  if (first.value.added !== ROWS || again.value.known !== ROWS)
    throw new Error(`Not ${ROWS} rows were imported: ${JSON.stringify([first, again])}`)
  const pdf = await measure(async () =>
    (await fetch(`${origin}${path}/export`, { headers: { authorization } })).arrayBuffer(),
  )
  const seconds = { import: first.seconds, again: again.seconds, pdf: pdf.seconds }
  return Object.entries(LIMITS).map(([name, limit]) => {
    const taken = seconds[name as keyof typeof LIMITS]
    print(`${name.padEnd(8)} ${ROWS} rows in ${taken.toFixed(1)} s`)
    return {
      name: `moving.${name}: ${limit} s / it`,
      of: name,
      to: name,
      figure: limit / taken,
      min: 1,
    }
  })
}

async function measure<Value>(work: () => Promise<Value>) {
  const before = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - before) / 1_000 }
}

function buildFile(): string {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const at = new Date(START + index * HOURS_BETWEEN * 3_600_000).toISOString().slice(0, 16)
    return `${at.replace('T', ' ')},${10_000 + index * 30},1.${(index % 900) + 100},3.49,"Fill ${index}"`
  })
  return `Date,Odometer,Gallons,Price,Notes\n${rows.join('\n')}\n`
}

async function saveOwner(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into user_profiles (auth0_sub, email) values ($1, 'moving@forecourt.example')`,
    [buildSubject(1)],
  )
  await client.end()
}
