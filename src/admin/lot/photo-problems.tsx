'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { formatCount } from '../../domain/format-count.ts'
import type { PhotoProblems } from '../../photos/endpoints/photo-problems.ts'
import { useNow } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/jobs.css'
import './photo-problems.css'

type Problem = PhotoProblems['docs'][number]

/** On the screen of a car: its photos that the nightly check did not find any more. */
export function CarPhotoProblems() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Problems car={String(id)} />
}

function Problems({ car }: { car: string }) {
  const { lastUpdateTime } = useDocumentInfo()
  const path = `/inventory/photo-problems?car=${encodeURIComponent(car)}`
  const { value } = useApi<PhotoProblems>(path, lastUpdateTime)
  const now = useNow(0, 60_000)
  const problems = value?.docs ?? []
  if (problems.length === 0) return null
  return (
    <div className="photo-problems" role="status">
      <strong>{formatCount(problems.length, 'photo')} of this car cannot be loaded</strong>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.position} ${problem.url}`}>
            Photo {problem.position}, since {formatMoment(problem.failingSince, now)}:{' '}
            {problem.problem} <span className="photo-problems__url">{problem.url}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Above the list of cars: which cars have photos that are gone. */
export function PhotoProblemsNotice() {
  const { config } = useConfig()
  const { value } = useApi<PhotoProblems>('/inventory/photo-problems', 0)
  const cars = groupByCar(value?.docs ?? [])
  if (cars.length === 0) return null
  return (
    <details className="photo-problems">
      <summary>{formatCount(cars.length, 'car')} with photos that cannot be loaded</summary>
      <ul>
        {cars.map(({ car, title, count }) => (
          <li key={car}>
            <a href={`${config.routes.admin}/collections/inventory/${car}`}>{title}</a>:{' '}
            {formatCount(count, 'photo')}
          </li>
        ))}
      </ul>
    </details>
  )
}

type CarProblems = {
  car: string
  title: string
  count: number
}

function groupByCar(problems: readonly Problem[]): CarProblems[] {
  const cars = new Map<string, CarProblems>()
  for (const { car, title } of problems) {
    const { count = 0 } = cars.get(car) ?? {}
    cars.set(car, { car, title: title ?? car, count: count + 1 })
  }
  return [...cars.values()]
}
