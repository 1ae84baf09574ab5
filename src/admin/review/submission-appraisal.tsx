'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useId } from 'react'
import { formatAdminURL } from 'payload/shared'
import type { Appraisal } from '../../generated/payload-types.ts'
import { isOpenStatus } from '../../submissions/domain/status.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/jobs.css'
import { AppraisalForm } from './appraisal-form.tsx'
import { AppraisalSheet } from './appraisal-sheet.tsx'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { useReviewVersion } from './use-review-version.ts'
import './appraisal.css'

/** The appraisal of a saved submission: a sheet that managers fill in until it is decided. */
export function SubmissionAppraisal() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Section id={String(id)} />
}

function Section({ id }: { id: string }) {
  const heading = useId()
  const { config } = useConfig()
  const [version, reload] = useReviewVersion()
  const path = `/pending-submissions/${encodeURIComponent(id)}/review`
  const { value } = useApi<ReviewAnswer>(path, version)
  if (!value) return null
  const { appraisal, submission } = value
  const address = formatAdminURL({ apiRoute: config.routes.api, path: '/appraisals' })
  const isEditable = value.actions.includes('approve') && isOpenStatus(submission.submissionStatus)
  return (
    <section aria-labelledby={heading} className="appraisal">
      <h3 id={heading}>Appraisal</h3>
      {isEditable ? (
        <AppraisalForm
          address={address}
          appraisal={appraisal}
          key={getKey(appraisal)}
          onSaved={reload}
          submission={id}
        />
      ) : (
        <AppraisalSheet appraisal={appraisal} share={value.customerShare} />
      )}
    </section>
  )
}

/** A sheet that somebody else created or saved replaces the form. */
const getKey = (appraisal: Appraisal | null): string => appraisal?.updatedAt ?? 'new'
