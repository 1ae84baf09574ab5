import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Product, signIn } from './product.ts'

type Print = (line: string) => void
type Write = { key: string; marker: string; body: object }
type Sender = (write: Write) => Promise<number>

const KILLS = 3
const WRITES = 40
const MAX_TRIES = 50

/**
 * Kills the product (SIGKILL) while it answers POSTs that carry an `Idempotency-Key`, and sends
 * each of them again once it is back: every one is then answered 201, and has made one row. `build`
 * makes the body of a car with a mark; `count` counts the rows with these marks.
 */
export async function repeatAfterKills(
  print: Print,
  start: () => Promise<Product>,
  build: (mark: string) => object,
  count: (marks: readonly string[]) => Promise<Map<string, number>>,
): Promise<boolean> {
  let product = await start()
  let held = true
  try {
    for (let kill = 1; kill <= KILLS; kill++) {
      const writes = Array.from({ length: WRITES }, () => createWrite(build))
      const before = await createSender(product)
      const answers = Promise.allSettled(writes.map(before))
      await sleep(randomInt(50, 400))
      product.process.kill('SIGKILL')
      const answered = (await answers).filter(({ status }) => status === 'fulfilled').length
      product = await start()
      const after = await createSender(product)
      const statuses = await Promise.all(writes.map((write) => repeatWrite(after, write)))
      const rows = await count(writes.map(({ marker }) => marker))
      const once = writes.filter(({ marker }) => rows.get(marker) === 1).length
      const right = statuses.filter((status) => status === 201).length
      print(
        `the product killed after ${answered} of ${WRITES} answers, ready after ` +
          `${product.readyAfter} ms: sent again, ${right} were answered 201 and ${once} made ` +
          'one row',
      )
      held &&= right === WRITES && once === WRITES
    }
    return held
  } finally {
    await product.stop()
  }
}

function createWrite(build: (marker: string) => object): Write {
  const mark = randomUUID().slice(0, 18)
  return { key: randomUUID(), marker: mark, body: build(mark) }
}

async function createSender({ origin }: Product): Promise<Sender> {
  const token = await signIn(origin)
  return async ({ key, body }) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    }
    const answer = await fetch(`${origin}/api/inventory`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    await answer.body?.cancel()
    return answer.status
  }
}

/**
 * Sends a write until it is not answered that its first request still runs, or that the server is
 * busy.
 */
async function repeatWrite(send: Sender, write: Write): Promise<number> {
  for (let attempt = 1; attempt < MAX_TRIES; attempt++) {
    const status = await send(write)
    if (status !== 409 && status !== 503) return status
    await sleep(200)
  }
  return send(write)
}
