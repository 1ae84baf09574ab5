import type { ProofCaller, Stage } from './proof-stage.ts'
import { Tally } from './proof-tally.ts'
import { isTried } from './sampling.ts'

/** A caller of one collection. */
export type Scene = { stage: Stage; tally: Tally; caller: ProofCaller; slug: string }

/** The tables that guests are asked about, and one of an owner alone. */
const GARAGE: readonly string[] = [
  'vehicles',
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'ownership-costs',
  'documents',
  'user-preferences',
]

/**
 * Everybody does something with every table: the tables side by side, within a table one after the
 * other. What does not hold goes into the tally, as does a question that failed. Of the pairs of
 * asker and table one in `share` is tried, by the seed of the run, so that each table and each
 * asker is; `npm test -- --exhaustive` tries all of them. Guests are asked about the garage alone,
 * and always.
 */
export async function forEveryActor(
  stage: Stage,
  tally: Tally,
  check: (scene: Scene) => Promise<void>,
  { slugs = stage.slugs, share = 1 }: { slugs?: readonly string[]; share?: number } = {},
): Promise<Problems> {
  const part = new Tally()
  const waiting = [...slugs.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, slug] = next
      const some = stage.callers.filter((_asker, one) => isTried(at + one, share))
      const tried = GARAGE.includes(slug) ? [...some, ...stage.guests] : some
      for (const caller of tried) await checkScene({ stage, tally: part, caller, slug }, check)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  tally.addTally(part)
  return { leaks: part.leaks, refusals: part.refusals }
}

type Problems = Pick<Tally, 'leaks' | 'refusals'>

async function checkScene(scene: Scene, check: (scene: Scene) => Promise<void>): Promise<void> {
  try {
    await check(scene)
  } catch (error) {
    scene.tally.expectPossible(`${scene.caller.name}, ${scene.slug}`, String(error))
  }
}
