'use client'
import { Link, useConfig } from '@payloadcms/ui'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { StatusPill } from '../lot/status-pill.tsx'

const CAR_STATUSES = {
  available: 'Available',
  pending: 'Sale pending',
  hold: 'On hold',
  sold: 'Sold',
} as const

/** What was asked and answered, why it was rejected, and the car that it became. */
export function ReviewNotes({ review: { car, flags, submission } }: { review: ReviewAnswer }) {
  const {
    question,
    answer,
    rejectionReason,
    submissionStatus: status,
  } = {
    answer: null,
    ...submission,
  }
  return (
    <>
      {car && <CarNote car={car} />}
      {flags.map((flag) => (
        <FlagNote flag={flag} key={flag.text} />
      ))}
      {status === 'rejected' && rejectionReason && (
        <Note label="Rejected because" text={rejectionReason} />
      )}
      {question && (
        <Note
          label={status === 'info_wanted' ? 'Waiting for an answer to' : 'We asked'}
          text={question}
        />
      )}
      {answer && <Note label="The customer answered" text={answer} />}
    </>
  )
}

function FlagNote({ flag: { kind, text, url } }: { flag: ReviewAnswer['flags'][number] }) {
  return (
    <p className={`review__note review__flag review__flag--${kind}`}>
      <strong>{text}</strong>
      {url && (
        <Link href={url} prefetch={false}>
          Open the car
        </Link>
      )}
      {kind === 'sold_here' && <span>An approval puts the same row back on the lot.</span>}
    </p>
  )
}

function CarNote({ car }: { car: NonNullable<ReviewAnswer['car']> }) {
  const { config } = useConfig()
  const address = `${config.routes.admin}/collections/inventory/${encodeURIComponent(car.id)}`
  return (
    <p className="review__note review__car">
      <span>On the lot as</span>
      <Link href={address} prefetch={false}>
        {car.title}
      </Link>
      <StatusPill label={CAR_STATUSES[car.status]} status={car.status} />
      {car.stockNumber && <span>Stock number {car.stockNumber}</span>}
    </p>
  )
}

function Note({ label, text }: { label: string; text: string }) {
  return (
    <p className="review__note">
      <span>{label}</span>
      <q>{text}</q>
    </p>
  )
}
