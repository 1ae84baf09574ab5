import { AsyncResource } from 'node:async_hooks'

/** The kinds of callers, as far as they are known without the database. */
export const CALLER_KINDS = ['staff', 'owner', 'anonymous'] as const
export type CallerKind = (typeof CALLER_KINDS)[number]

/**
 * The maximum number of concurrent requests in a lane, and the share of them (0 to 1) that is
 * reserved for each kind of caller.
 */
export type LaneLimits = { maxConcurrent: number; reserved: Readonly<Record<CallerKind, number>> }

/**
 * An admitted request. Call `pause` while it waits for its client, `resume` when it continues, and
 * `release` when it is done; each is idempotent.
 */
export type Seat = {
  pause: () => void
  resume: () => void
  release: () => void
}

/**
 * A request that has not started. Call `cancel` if its client left; after the start, that does
 * nothing.
 */
export type WaitingRequest = { cancel: () => void }

type QueueEntry = { start: (seat: Seat) => void; cancel: () => void }

/**
 * The longest acceptable estimated wait, in milliseconds. During a flood the actual wait is up to
 * twice as long.
 */
const MAX_WAIT_MS = 700
/**
 * The number of requests per running one that may always wait, whatever the estimate. It is higher
 * for staff: a person at the panel would rather wait than see half a page.
 */
const MIN_QUEUE: Readonly<Record<CallerKind, number>> = { staff: 8, owner: 1, anonymous: 1 }
const MAX_QUEUE = 256
/** The weight of the newest request in the moving average. */
const WEIGHT = 0.1

/**
 * Admission control for one kind of work. A limited number of requests runs at once, in order of
 * arrival; a request that would wait too long is refused immediately, which costs almost nothing.
 * The wait is estimated from the duration of recent work, divided by the number of requests that
 * ran at once: they share one processor, so ten concurrent requests take ten times as long each.
 * Each kind of caller has a reserved part of the lane, so that a flood of one kind does not block
 * the others.
 *
 * A request starts on the next turn of the event loop. Therefore one turn never starts more
 * requests than may run at once, even if they finish immediately, and health checks are handled
 * between them.
 */
export class Lane {
  readonly #limits: LaneLimits
  readonly #running: Record<CallerKind, number> = { staff: 0, owner: 0, anonymous: 0 }
  readonly #waiting: Record<CallerKind, QueueEntry[]> = { staff: [], owner: [], anonymous: [] }
  /**
   * The moving average of the cost of a request for the lane, in milliseconds: its duration,
   * divided by the number of requests that ran at once.
   */
  #costMs = 0
  #factor = 1

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** The number of running and waiting requests. */
  get load(): { running: number; waiting: number } {
    return {
      running: this.#total(),
      waiting: sum(CALLER_KINDS.map((caller) => this.#waiting[caller].length)),
    }
  }

  /** Limits the lane to a part of its capacity, 0 to 1, while the process is overloaded. */
  narrow(factor: number): void {
    this.#factor = factor
    this.#startWaiting()
  }

  /** Calls `start` later; returns null, and never calls it, if the request must be refused. */
  admit(caller: CallerKind, start: QueueEntry['start']): WaitingRequest | null {
    const queue = this.#waiting[caller]
    const starts = queue.length === 0 && this.#hasRoom(caller)
    if (!starts && !this.#mayWait(caller)) return null
    // so that log lines refer to this request, not to the one that left
    const context = new AsyncResource('Waiting')
    const entry: QueueEntry = {
      start: (seat) => context.runInAsyncScope(start, null, seat),
      cancel: () => remove(queue, entry),
    }
    if (starts) this.#start(caller, entry)
    else queue.push(entry)
    return { cancel: () => entry.cancel() }
  }

  /** Takes a seat immediately, and starts the request on the next turn of the event loop. */
  #start(caller: CallerKind, entry: QueueEntry): void {
    const seat = this.#seat(caller)
    const turn = setImmediate(() => {
      entry.cancel = () => undefined
      entry.start(seat)
    })
    entry.cancel = () => {
      clearImmediate(turn)
      seat.release()
    }
  }

  #mayWait(caller: CallerKind): boolean {
    const waiting = this.#waiting[caller].length
    const seats = this.#most(caller)
    if (waiting >= MAX_QUEUE) return false
    return (
      waiting < seats * MIN_QUEUE[caller] ||
      (waiting + 1) * this.#costMs * this.#share(seats) <= MAX_WAIT_MS
    )
  }

  /**
   * Whether one more request of a kind may run: seats that are reserved for others stay free even
   * if they are unused.
   */
  #hasRoom(caller: CallerKind): boolean {
    if (this.#running[caller] < this.#reserved(caller))
      return this.#total() < this.#limits.maxConcurrent
    const kept = sum(
      CALLER_KINDS.map((other) =>
        other === caller ? 0 : Math.max(0, this.#reserved(other) - this.#running[other]),
      ),
    )
    return this.#total() + kept < this.#atOnce()
  }

  /** The maximum number of concurrent requests of one kind when no other kind is present. */
  #most(caller: CallerKind): number {
    const others = sum(CALLER_KINDS.map((other) => (other === caller ? 0 : this.#reserved(other))))
    return Math.max(1, this.#atOnce() - others)
  }

  #seat(caller: CallerKind): Seat {
    let since = performance.now()
    let worked = 0
    let state: 'running' | 'paused' | 'left' = 'running'
    this.#running[caller]++
    let peak = this.#total()
    const stop = () => {
      peak = Math.max(peak, this.#total())
      worked += performance.now() - since
      this.#running[caller]--
    }
    return {
      pause: () => {
        if (state !== 'running') return
        state = 'paused'
        stop()
        this.#startWaiting()
      },
      resume: () => {
        if (state !== 'paused') return
        state = 'running'
        since = performance.now()
        this.#running[caller]++
      },
      release: () => {
        if (state === 'running') stop()
        if (state === 'left') return
        state = 'left'
        const cost = worked / peak
        this.#costMs = this.#costMs === 0 ? cost : this.#costMs * (1 - WEIGHT) + cost * WEIGHT
        this.#startWaiting()
      },
    }
  }

  #startWaiting(): void {
    for (const caller of CALLER_KINDS) {
      const queue = this.#waiting[caller]
      for (let next = queue[0]; next && this.#hasRoom(caller); next = queue[0]) {
        queue.shift()
        this.#start(caller, next)
      }
    }
  }

  /**
   * The factor by which a kind of caller with so many seats is slowed down while the rest of the
   * lane is busy, too.
   */
  #share = (seats: number) => Math.max(1, this.#atOnce() / seats)
  #total = () => sum(CALLER_KINDS.map((caller) => this.#running[caller]))
  #atOnce = () =>
    Math.max(
      sum(CALLER_KINDS.map((caller) => this.#reserved(caller))) + 1,
      Math.round(this.#limits.maxConcurrent * this.#factor),
    )
  #reserved = (caller: CallerKind) =>
    this.#limits.reserved[caller] === 0
      ? 0
      : Math.max(
          1,
          Math.floor(this.#limits.maxConcurrent * this.#factor * this.#limits.reserved[caller]),
        )
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

function remove<Item>(items: Item[], item: Item): void {
  const at = items.indexOf(item)
  if (at !== -1) items.splice(at, 1)
}
