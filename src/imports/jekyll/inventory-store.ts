import type { Car, CarFields, Draft } from './car.ts'

/**
 * A car of the inventory as the store hands it out. A column the store leaves out counts as empty.
 */
export type CarRow = { id: string } & { readonly [F in keyof CarFields]?: CarFields[F] | null }

/** What a report names an available car by. */
export type ImportedCar = Readonly<{ vin: string; stockNumber: string | null; title: string }>

/**
 * The writes of one file. Each call is one transaction: it succeeds as a whole or throws and stores
 * nothing. If the connection broke at its COMMIT, the problem of CarRefused says that the outcome
 * is unknown.
 */
export interface InventoryWrites {
  /**
   * Throws CarRefused when the inventory does not take the car; anything else that it throws ends
   * the import.
   */
  create(car: Car): Promise<void>
  /** Writes these columns and no other. Throws as `create` does. */
  update(id: string, changes: Draft): Promise<void>
}

/**
 * What the import needs of the inventory. `findByVin` looks by the normalised VIN, among all cars,
 * sold ones too.
 */
export interface InventoryStore extends InventoryWrites {
  findByVin(vin: string): Promise<CarRow | null>
  /**
   * The available cars that no person made: an import did, so that one without a file has left the
   * folder. Without it nobody knows, and the report names none.
   */
  findImported?(): Promise<readonly ImportedCar[]>
  /**
   * The same writes, rolled back. A dry run calls them, and so is refused whatever a real run would
   * be. Without them it writes nothing and does not see the inventory's own rules.
   */
  dryRun?: InventoryWrites
}

/**
 * The inventory does not take a car: an expected outcome of one file. `field` is the column by its
 * API name, if it is one.
 */
export class CarRefused extends Error {
  readonly problems: readonly { field?: string; message: string }[]

  constructor(problems: readonly { field?: string; message: string }[], options?: ErrorOptions) {
    super(problems.map(({ message }) => message).join(' '), options)
    this.name = 'CarRefused'
    this.problems = problems
  }
}
