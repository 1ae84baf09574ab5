'use client'
import { SetStepNav } from '@payloadcms/ui'
import { FEED_NAMES } from '../domain/feed-names.ts'
import { FeedSection } from './feed-section.tsx'
import '../../../src/admin/ui/jobs.css'
import './feeds.css'

/** The Feed doctor: for each feed its light, its counts, and what keeps cars out of it. */
export function DoctorScreen({ mayDownload }: { mayDownload: boolean }) {
  return (
    <>
      <SetStepNav nav={[{ label: 'Feed doctor' }]} />
      <header className="jobs__head">
        <div>
          <h1>Feed doctor</h1>
          <p>Which cars each feed leaves out, why, and how to fix it.</p>
        </div>
      </header>
      {FEED_NAMES.map((feed) => (
        <FeedSection feed={feed} key={feed} mayDownload={mayDownload} />
      ))}
    </>
  )
}
