import { SEED } from './sampling.ts'

/** The cases of a proof, and the sentences about those that did not hold. */
export class Tally {
  cases = 0
  readonly leaks: string[] = []
  readonly refusals: string[] = []
  readonly #began = Date.now()

  /** One case about what must not be told or done. `problems`: what was. */
  expectNothing(about: string, problems: readonly string[]): void {
    this.cases += 1
    if (problems.length > 0) this.leaks.push(`${about}: ${problems.slice(0, 4).join('; ')}`)
  }

  /** One case about what must be possible. `problem`: what came instead. */
  expectPossible(about: string, problem: string | false | undefined): void {
    this.cases += 1
    if (problem) this.refusals.push(`${about}: ${problem}`)
  }

  addTally({ cases, leaks, refusals }: Tally): void {
    this.cases += cases
    this.leaks.push(...leaks)
    this.refusals.push(...refusals)
  }

  /** Prints the report, which is what the proof is for. */
  printReport(title: string): void {
    const { cases, leaks, refusals } = this
    const seconds = Math.round((Date.now() - this.#began) / 1000)
    process.stdout.write(
      `${title}: ${cases} cases, ${leaks.length} leaks, ${refusals.length} over-refusals, ` +
        `${seconds} s, seed ${SEED}\n`,
    )
  }
}

/** What a proof expects of its problems. */
export const NONE = { leaks: [], refusals: [] }
