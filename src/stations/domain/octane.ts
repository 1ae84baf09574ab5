/** An active report about a station, as stored. `has93Octane` is null if the owner left it open. */
export type OctaneReport = {
  id: string
  reporter: string
  has93Octane: boolean | null
  reportedAt: Date
}

/** Whether a report counts in the verdict. */
export type ReportStatus = 'counted' | 'replaced' | 'unanswered' | 'outdated'

/** A report with its weight from 0 to 1, which is 0 unless it is counted. */
export type WeighedReport = OctaneReport & { status: ReportStatus; weight: number }

export type OctaneConclusion = 'sold' | 'not_sold' | 'disputed' | 'unknown'

/**
 * Whether a station sells 93 octane according to its reports. `has93Octane` is the value for its
 * column; `reason` explains it in one sentence; `reports` are newest first.
 */
export type OctaneVerdict = {
  conclusion: OctaneConclusion
  has93Octane: boolean | null
  reason: string
  yes: number
  no: number
  reports: WeighedReport[]
}

const DAY_MS = 86_400_000
/** The days in which a report loses half of its weight. */
export const HALF_LIFE_DAYS = 180
/** The days after which a report no longer counts. */
export const MAX_AGE_DAYS = 730
/** The share of the weight that one answer needs. */
const REQUIRED_SHARE = 2 / 3
/** What a comparison of two shares may be off by, because weights are rounded. */
const ROUNDING = 1e-9

/**
 * Concludes from the active reports of a station whether it sells 93 octane. Each reporter counts
 * once, with their newest answer. A report loses half of its weight every 180 days and all of it
 * after two years. An answer needs two thirds of the weight; otherwise the reports dispute it.
 */
export function judgeOctane(reports: readonly OctaneReport[], now: Date): OctaneVerdict {
  const weighed = weighReports(reports, now)
  const yes = sumWeights(weighed, true)
  const no = sumWeights(weighed, false)
  const conclusion = conclude(yes, no)
  return {
    conclusion,
    has93Octane: conclusion === 'sold' ? true : conclusion === 'not_sold' ? false : null,
    reason: explainConclusion(conclusion, weighed),
    yes,
    no,
    reports: weighed,
  }
}

/** The reports newest first, each with its status and weight. */
function weighReports(reports: readonly OctaneReport[], now: Date): WeighedReport[] {
  const seen = new Set<string>()
  return reports.toSorted(compareNewestFirst).map((report) => {
    const isReplaced = seen.has(report.reporter)
    const ageDays = Math.max(0, (now.getTime() - report.reportedAt.getTime()) / DAY_MS)
    const status = findStatus(report, { isReplaced, ageDays })
    if (status !== 'unanswered') seen.add(report.reporter)
    const weight = status === 'counted' ? 0.5 ** (ageDays / HALF_LIFE_DAYS) : 0
    return { ...report, status, weight }
  })
}

const compareNewestFirst = (one: OctaneReport, other: OctaneReport): number =>
  other.reportedAt.getTime() - one.reportedAt.getTime() || (one.id < other.id ? 1 : -1)

function findStatus(
  { has93Octane }: OctaneReport,
  { isReplaced, ageDays }: { isReplaced: boolean; ageDays: number },
): ReportStatus {
  if (has93Octane === null) return 'unanswered'
  if (isReplaced) return 'replaced'
  return ageDays > MAX_AGE_DAYS ? 'outdated' : 'counted'
}

const sumWeights = (reports: readonly WeighedReport[], answer: boolean): number =>
  reports
    .filter(({ has93Octane }) => has93Octane === answer)
    .reduce((sum, { weight }) => sum + weight, 0)

function conclude(yes: number, no: number): OctaneConclusion {
  const total = yes + no
  if (total === 0) return 'unknown'
  if (yes / total >= REQUIRED_SHARE - ROUNDING) return 'sold'
  return no / total >= REQUIRED_SHARE - ROUNDING ? 'not_sold' : 'disputed'
}

const CONCLUSIONS: Readonly<Record<Exclude<OctaneConclusion, 'unknown'>, string>> = {
  sold: 'The station sells 93 octane',
  not_sold: 'The station does not sell 93 octane',
  disputed: 'It is disputed whether the station sells 93 octane',
}

function explainConclusion(
  conclusion: OctaneConclusion,
  reports: readonly WeighedReport[],
): string {
  const counted = reports.filter(({ status }) => status === 'counted')
  if (conclusion === 'unknown')
    return reports.some(({ status }) => status === 'outdated')
      ? 'No verdict: every report is more than two years old.'
      : 'No verdict: no owner has reported yet whether the station sells 93 octane.'
  const yes = counted.filter(({ has93Octane }) => has93Octane === true).length
  return (
    `${CONCLUSIONS[conclusion]}: ${yes} yes and ${counted.length - yes} no from ` +
    `${formatOwners(counted.length)}. Newer reports weigh more.`
  )
}

const formatOwners = (count: number): string => (count === 1 ? 'one owner' : `${count} owners`)
