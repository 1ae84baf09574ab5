import { escapeHtml } from '../../domain/escape-html.ts'
import { MAX_PHOTOS, type PermittedActions } from './permitted.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { SubmissionStatus } from './status.ts'

/** What the page of a submission shows. `facts` are what was offered, by their labels. */
export type CustomerPage = {
  car: string
  reference: string
  status: SubmissionStatus
  facts: readonly (readonly [label: string, value: string])[]
  question: string | null
  answer: string | null
  reason: string | null
  photos: readonly { id: string; url: string }[]
  actions: PermittedActions
  /** Where the forms are sent: the page itself, and the one that takes photos. */
  paths: { page: string; photos: string }
  /** What was done just now. */
  notice: string | null
}

/** What a status means to a customer: a label, a sentence, and how many of the steps are done. */
const STATUSES: Readonly<Record<SubmissionStatus, { title: string; text: string; step: number }>> =
  {
    pending: {
      title: 'Received',
      text: 'We received your offer. We will look at your car and write to you.',
      step: 1,
    },
    in_review: {
      title: 'In review',
      text: 'We are looking at your car. We will write to you as soon as we know more.',
      step: 2,
    },
    info_wanted: {
      title: 'Your answer is needed',
      text: 'We have a question. Please answer it, so that we can go on.',
      step: 2,
    },
    approved: {
      title: 'We want to buy your car',
      text: 'Good news: we want to buy your car. We will contact you about the next steps.',
      step: 3,
    },
    rejected: {
      title: 'We cannot buy your car',
      text: 'Thank you for your offer. Unfortunately we cannot buy your car.',
      step: 3,
    },
    withdrawn: { title: 'Withdrawn', text: 'You withdrew this offer.', step: 3 },
  }

/** The types of pictures that a browser offers for upload. */
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/heic'

const STEPS = ['Received', 'In review', 'Decision']

/** Renders the page. It needs no script; every text is escaped. */
export function renderCustomerPage(page: CustomerPage): string {
  const sections = [
    page.notice === null
      ? ''
      : `<section class="notice" role="status">${paragraph(page.notice)}</section>`,
    renderStatus(page),
    renderPhotos(page),
    page.actions.answer ? renderAnswerForm(page) : '',
    renderFacts(page),
    page.actions.withdraw ? renderWithdrawal(page) : '',
  ]
  return renderDocument(`${STATUSES[page.status].title} · ${page.car}`, sections.join('\n'))
}

/** Renders a page with a message, and with a link back if there is a page to go back to. */
export function renderProblemPage(message: string, backPath: string | null): string {
  const back =
    backPath === null ? '' : `<p><a href="${escapeHtml(backPath)}">Back to your offer</a></p>`
  const title = 'This did not work'
  return renderDocument(
    title,
    `<section class="problem"><h1>${title}</h1>${paragraph(message)}${back}</section>`,
  )
}

function renderStatus(page: CustomerPage): string {
  const { car, reference, status, answer } = page
  const words = page.question ?? page.reason
  const { title, text, step } = STATUSES[status]
  const steps = STEPS.map((name, index) => `<li${index < step ? ' class="done"' : ''}>${name}</li>`)
  return `<section>
<h1>${escapeHtml(car)}</h1>
<p class="quiet">Reference ${escapeHtml(reference)}</p>
<ol class="steps">${steps.join('')}</ol>
<h2>${title}</h2>
${paragraph(text)}
${words === null ? '' : quote(words)}
${status === 'in_review' && answer !== null ? renderAnswer(answer) : ''}
</section>`
}

/** The form is below the photos: adding one would otherwise drop a text that is not sent yet. */
function renderAnswerForm({ paths }: CustomerPage): string {
  return `<section>
<h2>Answer our question</h2>
<form method="post" action="${escapeHtml(paths.page)}">
<input type="hidden" name="action" value="answer">
<label for="answer">Your answer</label>
<textarea id="answer" name="text" maxlength="5000"></textarea>
<p class="quiet">If we asked for photos, add them above first. They are sent with your answer.</p>
<button>Send the answer</button>
</form>
</section>`
}

function renderPhotos(page: CustomerPage): string {
  const { photos, actions } = page
  const action = escapeHtml(page.paths.photos)
  const items = photos.map((photo, index) => renderPhoto(page, photo, index + 1))
  const list = photos.length === 0 ? '' : `<ol class="photos">${items.join('')}</ol>`
  const upload = `<form method="post" enctype="multipart/form-data" action="${action}">
<label for="file">Add a photo</label>
<input type="file" id="file" name="file" accept="${ACCEPTED}" required>
<p class="quiet">One at a time, at most 10 MB each and ${MAX_PHOTOS} in all.</p>
<button>Upload</button>
</form>`
  if (photos.length === 0 && !actions.addPhotos) return ''
  return `<section>
<h2>Photos${photos.length === 0 ? '' : ` (${photos.length})`}</h2>
${list}
${actions.addPhotos ? upload : ''}
</section>`
}

function renderPhoto(
  { actions, paths }: CustomerPage,
  { id, url }: { id: string; url: string },
  number: number,
): string {
  const image = `<img src="${escapeHtml(url)}" alt="Photo ${number}" loading="lazy">`
  if (!actions.removePhotos) return `<li>${image}</li>`
  return `<li>${image}<form method="post" action="${escapeHtml(paths.page)}">
<input type="hidden" name="action" value="remove">
<input type="hidden" name="photo" value="${escapeHtml(id)}">
<button class="plain" aria-label="Remove photo ${number}">Remove</button>
</form></li>`
}

function renderFacts({ facts }: CustomerPage): string {
  const rows = facts.map(
    ([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  )
  return `<section>
<h2>Your offer</h2>
<dl>${rows.join('')}</dl>
</section>`
}

function renderWithdrawal({ paths }: CustomerPage): string {
  return `<section>
<details>
<summary>Withdraw your offer…</summary>
<form method="post" action="${escapeHtml(paths.page)}">
<input type="hidden" name="action" value="withdraw">
<label class="check">
<input type="checkbox" required>I no longer want to sell this car to you.
</label>
<button class="danger">Withdraw the offer</button>
</form>
</details>
</section>`
}

const renderAnswer = (answer: string): string => `<p class="quiet">Your answer:</p>${quote(answer)}`

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`
const quote = (text: string): string => `<blockquote>${escapeHtml(text)}</blockquote>`

const MARK =
  '<svg aria-hidden="true" viewBox="0 0 32 32" fill="none"><path d="M2 9.5 16 4l14 5.5" ' +
  'stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="2.2"/>' +
  '<path d="M5 22.5c0-1.7 1.1-3.1 2.7-3.4l2.8-.6 2.9-3.6c.7-.9 1.7-1.4 2.9-1.4h2.5c1.2 0 2.3.6 ' +
  '3 1.6l2.2 3.2.9.2c1.3.3 2.1 1.4 2.1 2.7v1.3c0 .8-.6 1.5-1.5 1.5H6.5c-.8 0-1.5-.7-1.5-1.5z" ' +
  'fill="currentColor"/></svg>'

const renderDocument = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Forecourt</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>${MARK}Forecourt</header>
<main>
${content}
</main>
</body>
</html>`
