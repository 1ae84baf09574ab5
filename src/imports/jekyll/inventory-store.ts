import type { Car, CarFields, Draft } from './car.ts'

/** A car of the inventory as the store returns it. A missing column counts as empty. */
export type CarRow = { id: string } & { readonly [F in keyof CarFields]?: CarFields[F] | null }

/** The columns that identify an available car in a report. */
export type ImportedCar = Readonly<{ vin: string; stockNumber: string | null; title: string }>

/**
 * The writes of one file. Each call is one transaction: it succeeds as a whole, or throws and
 * stores nothing. If the connection broke during COMMIT, the message of CarRefused states that the
 * outcome is unknown.
 */
export interface InventoryWrites {
  /** Throws CarRefused if the inventory refuses the car; any other error ends the import. */
  create(car: Car): Promise<void>
  /** Writes these columns only. Throws as `create` does. */
  update(id: string, changes: Draft): Promise<void>
}

/**
 * The operations of the inventory that the import uses. `findByVin` looks up the normalized VIN
 * among all cars, including sold ones.
 */
export interface InventoryStore extends InventoryWrites {
  findByVin(vin: string): Promise<CarRow | null>
  /**
   * Finds the available cars that an import created, not a person: such a car without a file has
   * left the folder. If the function is missing, the report lists no such cars.
   */
  findImported?(): Promise<readonly ImportedCar[]>
  /**
   * The same writes, rolled back at the end. With them, a dry run is refused whatever a real run
   * would be. Without them, a dry run writes nothing and does not check the inventory's own rules.
   */
  dryRun?: InventoryWrites
}

/**
 * The inventory refuses a car: an expected outcome of one file. `field` is the API name of the
 * column, if one is concerned.
 */
export class CarRefused extends Error {
  readonly problems: readonly { field?: string; message: string }[]

  constructor(problems: readonly { field?: string; message: string }[], options?: ErrorOptions) {
    super(problems.map(({ message }) => message).join(' '), options)
    this.name = 'CarRefused'
    this.problems = problems
  }
}
