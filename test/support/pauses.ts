/**
 * The moments at which something happened. Only the shortest pause between them can be read, to
 * state that it was long enough: a busy machine makes a pause longer.
 */
export class PauseLog {
  readonly #moments: number[] = []

  readonly mark = (): void => void this.#moments.push(performance.now())

  get length(): number {
    return this.#moments.length
  }

  /** The shortest pause, in milliseconds. */
  findShortest(): number {
    const pauses = this.#moments
      .slice(1)
      .map((moment, index) => moment - (this.#moments[index] ?? 0))
    return Math.min(...pauses)
  }
}
