'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useId } from 'react'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import '../ui/jobs.css'
import { ReviewActions } from './review-actions.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { ReviewNotes } from './review-notes.tsx'
import { StagePill } from './stage-pill.tsx'
import { StageTrack } from './stage-track.tsx'
import { SubmissionPhotos } from './submission-photos.tsx'
import { type SendStep, useReview } from './use-review.ts'
import './review.css'

/** Where a saved submission stands, what can be done with it, and what the customer sent. */
export function SubmissionReview() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Review id={String(id)} />
}

function Review({ id }: { id: string }) {
  const heading = useId()
  const { value, problem, send } = useReview(id)
  return (
    <section aria-labelledby={heading} className="review">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value ? (
        <>
          <ReviewHead heading={heading} review={value} send={send} />
          <StageTrack steps={value.steps} status={value.submission.submissionStatus} />
          <ReviewNotes review={value} />
          <ReviewFacts review={value} send={send} />
        </>
      ) : (
        <h2 id={heading}>Review</h2>
      )}
      <SubmissionPhotos id={id} version={value?.submission.updatedAt ?? ''} />
    </section>
  )
}

type HeadProps = {
  heading: string
  review: ReviewAnswer
  send: SendStep
}

function ReviewHead({ heading, review, send }: HeadProps) {
  const { year, make, model, trim, submissionStatus: status } = review.submission
  return (
    <header className="review__head">
      <h2 id={heading}>{[year, make, model, trim].filter(Boolean).join(' ')}</h2>
      <StagePill status={status} />
      <ReviewActions review={review} send={send} />
    </header>
  )
}
