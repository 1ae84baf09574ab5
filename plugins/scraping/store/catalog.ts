import { normalizeMake } from '../../../src/domain/makes.ts'
import type { CatalogName } from '../../../src/domain/models.ts'
import { createSql, type StoreContext } from './sql.ts'

/** Loads the makes in the catalog, and its models with several words. */
export async function loadCatalogMakes(req: StoreContext): Promise<CatalogName[]> {
  const makes = await createSql(req)<{ make: string }>('select distinct make from vehicle_options')
  const models = await createSql(req)<{ make: string; model: string }>(
    `select distinct make, model from vehicle_options where model ~ '[ -]'`,
  )
  return [
    ...makes.map(({ make }) => make),
    ...models.map(({ make, model }) => ({ make: normalizeMake(make), model })),
  ]
}
