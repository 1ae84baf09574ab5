import type { Asker, Stage } from './proof-stage.ts'
import { Tally } from './proof-tally.ts'

/** One who asks about one collection. */
export type Scene = { stage: Stage; tally: Tally; asker: Asker; slug: string }

/**
 * Everybody does something with every table: the tables side by side, within a table one after the other. What does not hold goes into
 * the tally, as does a question that could not be asked.
 */
export async function everybody(
  stage: Stage,
  tally: Tally,
  does: (scene: Scene) => Promise<void>,
  slugs = stage.slugs,
): Promise<Problems> {
  const part = new Tally()
  const waiting = [...slugs]
  const work = async () => {
    for (let slug = waiting.shift(); slug !== undefined; slug = waiting.shift())
      for (const asker of stage.askers) await doOne({ stage, tally: part, asker, slug }, does)
  }
  await Promise.all(Array.from({ length: 8 }, work))
  tally.add(part)
  return { leaks: part.leaks, refusals: part.refusals }
}

type Problems = Pick<Tally, 'leaks' | 'refusals'>

async function doOne(scene: Scene, does: (scene: Scene) => Promise<void>): Promise<void> {
  try {
    await does(scene)
  } catch (error) {
    scene.tally.possible(`${scene.asker.name}, ${scene.slug}`, String(error))
  }
}
