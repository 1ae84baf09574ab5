import { describe, expect, it } from '@jest/globals'
import { type CallerKind, Lane, type Seat } from '../../src/server/load/lane.ts'

const RESERVED = { staff: 0.25, owner: 0.25, anonymous: 0.25 }

/** A lane, and what came of the requests that entered it. */
function openLane(atOnce: number) {
  const lane = new Lane({ maxConcurrent: atOnce, reserved: RESERVED })
  const seats: Seat[] = []
  const enter = (caller: CallerKind) => lane.admit(caller, (seat) => void seats.push(seat))
  return { lane, seats, enter }
}

/** Until whatever has a place has started. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/**
 * Enters until one is refused, at most a thousand times. Resolves to how many were let in or may
 * wait.
 */
async function flood(
  enter: (caller: CallerKind) => object | null,
  caller: CallerKind,
): Promise<number> {
  let count = 0
  while (count < 1_000 && enter(caller) !== null) count++
  await nextTurn()
  return count
}

/** Makes a lane know how long its work takes when all of its eight places are taken. */
async function teachTogether(lane: Lane, milliseconds: number): Promise<void> {
  const held: Seat[] = []
  for (const caller of [
    'staff',
    'staff',
    'staff',
    'staff',
    'owner',
    'owner',
    'anonymous',
    'anonymous',
  ] as const)
    lane.admit(caller, (seat) => void held.push(seat))
  await nextTurn()
  expect(held).toHaveLength(8)
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  for (const seat of held) seat.release()
}

/** Makes a lane know that its work takes this long. */
async function teach(lane: Lane, milliseconds: number): Promise<void> {
  const held: Seat[] = []
  lane.admit('staff', (seat) => void held.push(seat))
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  held[0]?.release()
}

describe('a lane', () => {
  it('works on a limited number at once, lets others wait in order, and refuses the rest', async () => {
    const { lane, seats, enter } = openLane(8)
    await teach(lane, 400)
    const taken = await flood(enter, 'anonymous')
    expect(taken).toBeGreaterThan(seats.length)
    expect(taken).toBeLessThan(20)
    const running = seats.length
    seats[0]?.release()
    await nextTurn()
    expect(seats).toHaveLength(running + 1)
  })

  it.each(['staff', 'owner', 'anonymous'] as const)(
    'leaves the others their part while %s flood it',
    async (flooding) => {
      const { lane, enter, seats } = openLane(8)
      await teach(lane, 300)
      await flood(enter, flooding)
      for (const other of (['staff', 'owner', 'anonymous'] as const).filter(
        (caller) => caller !== flooding,
      )) {
        const before = seats.length
        enter(other)
        await nextTurn()
        expect(seats).toHaveLength(before + 1)
      }
    },
  )

  it(
    'lets few wait for work that takes long automatically, and many where it took as long because ' +
      'eight ran at once',
    async () => {
      const [alone, together] = [openLane(8), openLane(8)]
      await teach(alone.lane, 100)
      await teachTogether(together.lane, 100)
      await flood(alone.enter, 'anonymous')
      await flood(together.enter, 'anonymous')
      expect(alone.lane.load.waiting).toBeLessThan(10)
      expect(together.lane.load.waiting).toBeGreaterThan(20)
    },
  )

  it('lets many wait for work that is quick, and 256 of a kind at most', async () => {
    const { enter, seats } = openLane(8)
    expect(await flood(enter, 'anonymous')).toBe(seats.length + 256)
  })

  it(
    'gives the place of a request whose client is slow to another, and counts it again when it ' +
      'goes on',
    async () => {
      const { lane, enter, seats } = openLane(4)
      for (let count = 0; count < 3; count++) enter('anonymous')
      await nextTurn()
      const running = seats.length
      seats[0]?.pause()
      await nextTurn()
      expect(seats).toHaveLength(running + 1)
      seats[0]?.resume()
      const { running: now } = lane.load
      enter('anonymous')
      expect(lane.load).toMatchObject({ running: now, waiting: 1 })
    },
  )

  it(
    'starts on the next turn of the event loop, no more in one turn than run at once, even if ' +
      'they are done at once',
    async () => {
      const { lane } = openLane(8)
      let started = 0
      const startAndLeave = (seat: Seat) => {
        started++
        seat.release()
      }
      for (let count = 0; count < 40; count++) lane.admit('staff', startAndLeave)
      expect(started).toBe(0)
      for (let turn = 1; turn <= 10; turn++) {
        await nextTurn()
        expect(started).toBe(4 * turn)
      }
    },
  )

  it(
    'never starts a request whose client left before the turn it was to start on, and gives its ' +
      'place to another',
    async () => {
      const { lane, enter, seats } = openLane(4)
      const waiting = Array.from({ length: 20 }, () => enter('anonymous'))
      for (const one of waiting) one?.cancel()
      await nextTurn()
      expect(seats).toEqual([])
      expect(lane.load).toEqual({ running: 0, waiting: 0 })
    },
  )

  it('forgets whoever left while they waited, and counts a seat that is left twice once', async () => {
    const { lane, enter, seats } = openLane(4)
    const waiting = Array.from({ length: 20 }, () => enter('anonymous'))
    await nextTurn()
    for (const one of waiting) one?.cancel()
    for (const seat of seats) {
      seat.pause()
      seat.release()
      seat.release()
      seat.resume()
    }
    expect(lane.load).toEqual({ running: 0, waiting: 0 })
  })

  it('is narrower while the process cannot keep up, and never closed', async () => {
    const { lane, enter, seats } = openLane(40)
    lane.narrow(0.1)
    await flood(enter, 'anonymous')
    const narrow = seats.length
    expect(narrow).toBeGreaterThan(0)
    expect(narrow).toBeLessThan(6)
    lane.narrow(1)
    await nextTurn()
    expect(seats.length).toBeGreaterThan(2 * narrow)
  })
})
