const ROUNDS = 5

/**
 * What a request costs the processor, as a multiple of what a small one costs: the machine may be
 * slow, or busy with something else, so both are measured in turn, and the cheapest of five of each
 * counts. `check` sees each answer of the measured one.
 */
export async function measureCost<Answer>(
  small: () => PromiseLike<unknown>,
  request: () => PromiseLike<Answer>,
  check: (answer: Answer) => void,
): Promise<number> {
  const [smallMs, requestMs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    smallMs.push(await measureProcessorMs(small))
    requestMs.push(await measureProcessorMs(async () => check(await request())))
  }
  return Math.min(...requestMs) / Math.min(...smallMs)
}

/** The milliseconds of the processor that the cheapest of five runs costs. */
export async function measureCheapest(run: () => PromiseLike<unknown>): Promise<number> {
  const costs: number[] = []
  for (let round = 0; round < ROUNDS; round++) costs.push(await measureProcessorMs(run))
  return Math.min(...costs)
}

/** The milliseconds of the processor that this process spends while something runs. */
export async function measureProcessorMs(run: () => PromiseLike<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
