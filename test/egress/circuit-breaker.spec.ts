import { describe, expect, it } from '@jest/globals'
import { type CircuitBreaker, createCircuitBreaker } from '../../src/egress/circuit-breaker.ts'

const SILENT = new Error('silent')
const isUnresponsive = (error: unknown) => error === SILENT
const fail = (error: Error) => () => Promise.reject(error)
const succeed = () => Promise.resolve('an answer')
const nameOf = (work: Promise<unknown>) =>
  work.then(String, ({ name, message }: Error) => (name === 'Error' ? message : name))
const aBreaker = (coolDownMs: number) => createCircuitBreaker({ isUnresponsive, coolDownMs })

/** A breaker whose server did not respond, at the end of its cool-down. */
async function aCooledBreaker(): Promise<CircuitBreaker> {
  const breaker = aBreaker(0)
  await nameOf(breaker.run(fail(SILENT)))
  return breaker
}

describe('a circuit breaker', () => {
  it('lets requests through at once while the server responds, whatever it says', async () => {
    const breaker = aBreaker(60_000)
    const results = [succeed, fail(new Error('broken')), succeed].map((send) =>
      nameOf(breaker.run(send)),
    )
    expect(await Promise.all(results)).toEqual(['an answer', 'broken', 'an answer'])
    expect(breaker.check).not.toThrow()
  })

  it('sends nothing for a while once the server did not respond, and says why', async () => {
    const breaker = aBreaker(60_000)
    expect(await nameOf(breaker.run(fail(SILENT)))).toBe('silent')
    let sent = 0
    const refusal = await breaker.run(async () => ++sent).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ name: 'CircuitOpen', cause: SILENT })
    expect(breaker.check).toThrow('no other request was sent')
    expect(sent).toBe(0)
  })

  it('then sends one request at a time until the server responds', async () => {
    const breaker = await aCooledBreaker()
    let answer = (_text: string) => undefined as void
    const probe = breaker.run(() => new Promise<string>((resolve) => (answer = resolve)))
    expect(await nameOf(breaker.run(succeed))).toBe('CircuitOpen')
    answer('at last')
    expect(await probe).toBe('at last')
    const all = [1, 2, 3].map(() => nameOf(breaker.run(succeed)))
    expect(await Promise.all(all)).toEqual(['an answer', 'an answer', 'an answer'])
  })

  it('probes again after a probe that failed', async () => {
    const breaker = await aCooledBreaker()
    expect(await nameOf(breaker.run(fail(SILENT)))).toBe('silent')
    expect(await nameOf(breaker.run(fail(new Error('stopped'))))).toBe('stopped')
    expect(await nameOf(breaker.run(succeed))).toBe('an answer')
  })
})
