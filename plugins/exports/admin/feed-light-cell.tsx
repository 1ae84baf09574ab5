import type { DefaultServerCellComponentProps, Payload, UIFieldClient } from 'payload'
import { cache } from 'react'
import { batchLookups } from '../../../src/admin/cells/batch-lookups.ts'
import { type CarLight, findCarLight } from '../domain/feed-problem.ts'
import { checkCars } from '../runs/check-feed.ts'
import { Light } from './light.tsx'

/** The lights of all cars of a page, found at once. */
const loadLights = cache((payload: Payload) => batchLookups((ids) => loadCarLights(payload, ids)))

async function loadCarLights(payload: Payload, ids: string[]): Promise<Map<string, CarLight>> {
  const checked = await checkCars({ payload }, ids, { now: new Date() })
  const lights = [...checked].map(([id, feeds]) => [id, findCarLight(feeds)] as const)
  return new Map(lights.flatMap(([id, light]) => (light ? [[id, light]] : [])))
}

/** In the list of cars: how many of the feeds in use list the car, and which leave it out. */
export async function FeedLightCell({
  payload,
  rowData,
}: DefaultServerCellComponentProps<UIFieldClient>) {
  const found = await loadLights(payload)(String(rowData['id']))
  if (!found) return <>–</>
  const { leftOut, light, listed, wanted } = found
  const title = leftOut.length > 0 ? `Left out of ${leftOut.join(', ')}` : 'Listed everywhere'
  return (
    <span title={title}>
      <Light light={light}>{`${listed} of ${wanted}`}</Light>
    </span>
  )
}
