'use client'
import {
  CONDITION_GRADES,
  CONDITION_PARTS,
  type ConditionGrade,
  type ConditionPart,
  LISTED_PARTS,
} from '../../review/domain/condition.ts'
import { Choice } from '../ui/choice.tsx'
import type { AppraisalDraft } from './appraisal-draft.ts'

type Props = { draft: AppraisalDraft; onChange: (draft: AppraisalDraft) => void }

const GRADES = Object.entries(CONDITION_GRADES) as [ConditionGrade, string][]

/** The grade of each part of the car, and a note about it. */
export function ConditionGrid({ draft, onChange }: Props) {
  const { grades, comments } = draft
  return (
    <div className="condition-grid">
      {LISTED_PARTS.map((part) => (
        <PartRow
          comment={comments[part]}
          grade={grades[part]}
          key={part}
          onComment={(text) => onChange({ ...draft, comments: { ...comments, [part]: text } })}
          onGrade={(grade) => onChange({ ...draft, grades: { ...grades, [part]: grade } })}
          part={part}
        />
      ))}
    </div>
  )
}

type PartRowProps = {
  part: ConditionPart
  grade: ConditionGrade
  comment: string
  onGrade: (grade: ConditionGrade) => void
  onComment: (text: string) => void
}

function PartRow({ part, grade, comment, onGrade, onComment }: PartRowProps) {
  const label = CONDITION_PARTS[part]
  return (
    <div className="condition-grid__row">
      <span>{label}</span>
      <Choice label={label} onChoose={onGrade} options={GRADES} value={grade} />
      <div className="input-field">
        <input
          aria-label={`${label}: note`}
          maxLength={500}
          onChange={({ target }) => onComment(target.value)}
          placeholder="Note"
          value={comment}
        />
      </div>
    </div>
  )
}
