import { AsyncResource } from 'node:async_hooks'

/** Who a request is from, as far as is known without the database. */
export const CALLER_KINDS = ['staff', 'owner', 'anonymous'] as const
export type CallerKind = (typeof CALLER_KINDS)[number]

/**
 * How many requests a lane runs at once, and the part of them (0 to 1) reserved for each kind of
 * caller.
 */
export type LaneLimits = { maxConcurrent: number; reserved: Readonly<Record<CallerKind, number>> }

/**
 * An admitted request. `pause` while it waits for its client, `resume` when it continues, `leave`
 * when it is done; each is idempotent.
 */
export type Seat = { pause: () => void; resume: () => void; release: () => void }

/**
 * A request that has not started: call `cancel` when its client left. Once it has started, that
 * does nothing.
 */
export type WaitingRequest = { cancel: () => void }

type QueueEntry = { start: (seat: Seat) => void; cancel: () => void }

/**
 * The longest estimated wait that is accepted, in milliseconds. Under a flood the real one is up to
 * twice as long.
 */
const MAX_WAIT_MS = 700
/**
 * How many requests per running one may always wait, however long the wait. More for staff: a
 * person at the panel would rather wait than see half a page.
 */
const MIN_QUEUE: Readonly<Record<CallerKind, number>> = { staff: 8, owner: 1, anonymous: 1 }
const MAX_QUEUE = 256
/** The weight of the newest request in the moving average. */
const WEIGHT = 0.1

/**
 * Admission control for one kind of work. A limited number of requests runs at once, in order of
 * arrival; a request that would wait too long is refused at once, which costs almost nothing. The
 * wait is estimated from how long recent work took, divided by how many requests ran at once:
 * they share one processor, so that ten at once take ten times as long each. Each kind of caller
 * has a reserved part of the lane, so that a flood of one kind does not shut out the others.
 *
 * A request starts on the next turn of the event loop. One turn therefore starts no more than run
 * at once, even if they finish at once, and health checks are answered between them.
 */
export class Lane {
  readonly #limits: LaneLimits
  readonly #running: Record<CallerKind, number> = { staff: 0, owner: 0, anonymous: 0 }
  readonly #waiting: Record<CallerKind, QueueEntry[]> = { staff: [], owner: [], anonymous: [] }
  /**
   * The moving average of what a request costs the lane, in milliseconds: its duration, divided by
   * how many ran at once.
   */
  #costMs = 0
  #factor = 1

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** How many requests are running and how many are waiting. */
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
    // log lines keep naming this request, not the one that left
    const context = new AsyncResource('Waiting')
    const entry: QueueEntry = {
      start: (seat) => context.runInAsyncScope(start, null, seat),
      cancel: () => remove(queue, entry),
    }
    if (starts) this.#start(caller, entry)
    else queue.push(entry)
    return { cancel: () => entry.cancel() }
  }

  /** Takes a seat now, and starts on the next turn of the event loop. */
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
   * Whether one more of a kind may run: places that are reserved for others stay free even when
   * unused.
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

  /** The most of one kind that run at once when no other kind is present. */
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
   * By how much the rest of the lane, when it is busy too, slows down a kind of caller that may use
   * so many of its seats.
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
