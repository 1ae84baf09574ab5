import type { JsonObject } from 'payload'
import { findColumnField, getCollectionTable } from '../../src/database/tables.ts'
import { type Actor, GUESTS, type RowFacts } from '../http/proof/policy.ts'
import { anyVin } from './builders.ts'
import type { TestForecourt } from './forecourt.ts'
import { ALONE, COLUMNS, type RowFixture, STATES } from './proof-columns.ts'

/** Somebody of the proof as the tables know them: owners by subject and profile, staff by user. */
export type Person = {
  actor: Actor
  email: string
  subject?: string
  profile?: string
  user?: string
}

type State = 'plain' | 'off show' | 'in trash' | 'sunk'

/**
 * A row of the proof. Its number is in its mark, in its veil (the word in a field that is hidden)
 * and in its figure.
 */
export type Row = RowFacts & { slug: string; id: string | number; state: State; number: number }

/** A body that would make a row, and the words by which that row is found. */
export type RowBody = { data: JsonObject; markers: string[] }

type Stored = Record<string, unknown>
type Whose = Row['whose']

const buildMark = (number: number) => `mark-${number}-end`
const buildVeil = (number: number) => `veil-${number}-end`
const buildFigure = (number: number) => 7_000_000 + number

/**
 * The rows of the proof: saved by SQL, without the product's help, and found again by their words.
 */
export class Rows {
  readonly standing: Row[] = []
  readonly people: readonly Person[]
  readonly #forecourt: TestForecourt
  readonly #byNumber = new Map<number, Row>()
  readonly #byId = new Map<string, Row>()
  readonly #parents = new Map<string, string | number>()
  #numbers = 0

  constructor(forecourt: TestForecourt, people: readonly Person[]) {
    this.#forecourt = forecourt
    this.people = people
  }

  /**
   * Saves a row, with columns of its own where `more` says so. The profile or the user of somebody
   * of the proof is there already: it gets the mark.
   */
  async save(slug: string, whose: Whose, state: State = 'plain', more: Stored = {}): Promise<Row> {
    const { about, number } = this.#making(whose, state)
    const person = this.people.find(({ actor }) => actor === whose)
    const there =
      slug === 'user-profiles' ? person?.profile : slug === 'users' ? person?.user : undefined
    const id = there
      ? await this.#markThere(slug, there, about.mark)
      : await this.#insert(slug, about, state, { ...buildVeilColumns(slug, number), ...more })
    if (slug === 'vehicles' && whose === 'owner') await this.#share(id)
    const row: Row = {
      slug,
      id,
      whose,
      state,
      number,
      onShow: state === 'plain',
      sunk: state === 'sunk',
    }
    this.#byNumber.set(number, row)
    this.#byId.set(String(id), row)
    return row
  }

  /**
   * Saves the rows that stand throughout the proof: of everybody who may own one, and in every
   * state that hides one.
   */
  async saveStanding(slugs: readonly string[]): Promise<void> {
    for (const slug of slugs)
      for (const [whose, state] of listCast(slug))
        this.standing.push(await this.save(slug, whose, state))
  }

  /** Replaces a standing row that is gone or was changed. */
  async renew(row: Row): Promise<void> {
    Object.assign(row, await this.save(row.slug, row.whose, row.state))
  }

  /** A row as the database has it; undefined when it is gone. */
  async loadStored({ slug, id }: Pick<Row, 'slug' | 'id'>): Promise<Stored | undefined> {
    const { name, key } = this.#tableOf(slug)
    return (await this.query(`select * from ${name} where ${key}::text = $1`, [String(id)]))[0]
  }

  /** The body of a new row in the API's words, from the columns that SQL would save. */
  async buildBody(slug: string, whose: Whose): Promise<RowBody> {
    const { about, made } = this.#making(whose, 'plain')
    const columns = await this.#columnsOf(slug, about)
    const table = this.#tableOf(slug).name
    const fields = Object.entries(columns).map(([column, value]) => [
      findColumnField(this.#forecourt.payload, table, column) ?? column,
      toJsonValue(value),
    ])
    const password = slug === 'users' ? { password: 'correct horse battery staple' } : {}
    const data = { ...(Object.fromEntries(fields) as JsonObject), ...password }
    return { data, markers: [about.mark, `${about.figure}.37`, ...made] }
  }

  /**
   * The rows that hold one of these words, or where a subject has one row at most, that are of one
   * of these subjects.
   */
  findSaved(
    slug: string,
    markers: readonly string[],
    subjects: readonly string[],
  ): Promise<Stored[]> {
    const bySubject =
      ALONE[slug] === 'user_id' ? 'or user_id::text = any($2)' : 'and $2::text[] is not null'
    const statement = `select * from ${this.#tableOf(slug).name} t
      where t::text like any($1) ${bySubject}`
    return this.query(statement, [markers.map((word) => `%${word}%`), subjects])
  }

  /** Removes a row as the database has it. */
  async remove(slug: string, row: Stored): Promise<void> {
    const { name, key } = this.#tableOf(slug)
    await this.query(`delete from ${name} where ${key} = $1`, [row[key]])
  }

  async query(statement: string, values: unknown[] = []): Promise<Stored[]> {
    return (await this.#forecourt.sql(statement, values)).rows as Stored[]
  }

  of(slug: string): Row[] {
    return this.standing.filter((row) => row.slug === slug)
  }

  /** Those that are tried one by one: somebody's own, the owner's and nobody's. */
  listNear(slug: string, actor: Actor): Row[] {
    return this.of(slug).filter(
      ({ whose }) => whose === actor || whose === 'owner' || whose === 'nobody',
    )
  }

  /** The row that a mark, a veil or a figure is of. */
  findByNumber(number: number): Row | undefined {
    return this.#byNumber.get(number)
  }

  findById(id: string): Row | undefined {
    return this.#byId.get(id)
  }

  getSubject(whose: Whose): string {
    return this.people.find(({ actor }) => actor === whose)?.subject ?? 'auth0|nobody'
  }

  /** Shares a vehicle of the owner with the guests, and offers it. */
  async #share(vehicle: string | number): Promise<void> {
    for (const { actor, email, subject } of this.people.filter((one) => isGuest(one.actor))) {
      const isAccepted = actor === 'guest viewer' || actor === 'guest editor'
      await this.query(
        `insert into vehicle_shares (vehicle_id, email, guest_id, role, expires_at)
          values ($1, $2, $3, $4, now() + $5::interval)`,
        [
          vehicle,
          email,
          isAccepted ? subject : null,
          actor === 'guest viewer' ? 'viewer' : 'editor',
          actor === 'former guest' ? '-1 day' : '1 day',
        ],
      )
      if (actor === 'offered owner')
        await this.query(
          `insert into vehicle_transfers
            (vehicle_id, email, with_costs, with_documents, expires_at)
            values ($1, $2, true, true, now() + interval '1 day')`,
          [vehicle, email],
        )
    }
  }

  #tableOf(slug: string) {
    return getCollectionTable(this.#forecourt.payload, slug)
  }

  #making(whose: Whose, state: State): { about: RowFixture; number: number; made: string[] } {
    const number = (this.#numbers += 1)
    const made: string[] = []
    const parent: RowFixture['parent'] = async (slug, fresh = false) => {
      const kept = `${slug} of ${whose}, ${state}`
      const there = fresh ? undefined : this.#parents.get(kept)
      const id = there ?? (await this.save(slug, whose, state === 'sunk' ? 'in trash' : 'plain')).id
      if (fresh) made.push(String(id))
      else this.#parents.set(kept, id)
      return id
    }
    const words = { mark: buildMark(number), veil: buildVeil(number), figure: buildFigure(number) }
    return {
      about: { ...words, vin: anyVin(), subject: this.getSubject(whose), parent },
      number,
      made,
    }
  }

  /** The columns of a row; one that may be there once only makes room for it. */
  async #columnsOf(slug: string, about: RowFixture): Promise<Stored> {
    const columns: Stored = (await COLUMNS[slug]?.(about)) ?? {}
    const alone = ALONE[slug]
    if (alone)
      await this.query(`delete from ${this.#tableOf(slug).name} where ${alone} = $1`, [
        columns[alone],
      ])
    return columns
  }

  async #markThere(slug: string, id: string, mark: string): Promise<string> {
    const column = slug === 'users' ? 'name' : 'display_name'
    await this.query(`update ${this.#tableOf(slug).name} set ${column} = $1 where id = $2`, [
      mark,
      id,
    ])
    return id
  }

  async #insert(
    slug: string,
    about: RowFixture,
    state: State,
    more: Stored,
  ): Promise<string | number> {
    const { name, key } = this.#tableOf(slug)
    const special = state === 'off show' || state === 'in trash' ? STATES[slug] : {}
    const columns: Stored = { ...(await this.#columnsOf(slug, about)), ...special, ...more }
    const names = Object.keys(columns)
    const places = names.map((_, i) => `$${i + 1}`)
    const statement =
      `insert into ${name} (${names.join(', ')}) values (${places.join(', ')}) returning
        ` + `${key} as id`
    const [row] = await this.query(statement, Object.values(columns))
    return row?.['id'] as string | number
  }
}

const buildVeilColumns = (slug: string, number: number): Stored =>
  slug === 'community-stations' ? { removal_reason: buildVeil(number) } : {}

/** What SQL takes as text, as JSON says it. */
function toJsonValue(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (/^\d+\.37$/.test(value)) return Number(value)
  return /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value
}

const OWNERS: readonly Actor[] = ['owner', 'stranger', 'garage admin', 'deactivated owner']
const isGuest = (actor: Actor) => GUESTS.includes(actor)
const ABOUT_VEHICLES: readonly string[] = [
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'ownership-costs',
]
const OF_OWNERS: readonly string[] = [
  'user-preferences',
  'terms-agreements',
  'notification-logs',
  'saved-stations',
]

/** Whose rows stand in a table, and in which states. */
function listCast(slug: string): [Whose, State][] {
  const plain = (actors: readonly Whose[]) =>
    actors.map((actor): [Whose, State] => [actor, 'plain'])
  if (slug === 'users') return plain(['nobody', 'viewer', 'manager', 'admin', 'deactivated staff'])
  if (slug === 'user-profiles') return plain(['nobody', ...OWNERS])
  if (slug === 'community-stations')
    return [...plain(OWNERS), ['owner', 'off show'], ['stranger', 'off show']]
  if (slug === 'vehicles' || slug === 'documents')
    return [...plain(OWNERS), ['owner', 'in trash'], ['stranger', 'in trash']]
  if (ABOUT_VEHICLES.includes(slug)) return [...plain(OWNERS), ['owner', 'sunk']]
  if (OF_OWNERS.includes(slug)) return plain(OWNERS)
  return slug in STATES ? [...plain(['nobody']), ['nobody', 'off show']] : plain(['nobody'])
}
