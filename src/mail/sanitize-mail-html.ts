import sanitizeHtml from 'sanitize-html'

/** What the HTML of a mail is made of, and nothing that runs, loads, embeds or sends. */
const TAGS = [
  ...[
    'a',
    'b',
    'blockquote',
    'br',
    'caption',
    'center',
    'code',
    'col',
    'colgroup',
    'div',
    'em',
    'font',
    'h1',
    'h2',
    'h3',
    'h4',
    'hr',
    'i',
  ],
  ...[
    'img',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'small',
    'span',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
]

const STYLES = [
  ...[
    'background',
    'background-color',
    'border',
    'border-bottom',
    'border-collapse',
    'border-color',
    'border-left',
    'border-radius',
  ],
  ...[
    'border-right',
    'border-spacing',
    'border-top',
    'color',
    'display',
    'font',
    'font-family',
    'font-size',
    'font-style',
    'font-weight',
  ],
  ...[
    'height',
    'letter-spacing',
    'line-height',
    'margin',
    'margin-bottom',
    'margin-left',
    'margin-right',
    'margin-top',
    'max-width',
  ],
  ...['min-width', 'padding', 'padding-bottom', 'padding-left', 'padding-right', 'padding-top', 'text-align', 'text-decoration'],
  ...['text-transform', 'vertical-align', 'white-space', 'width'],
]

/** A value that loads nothing. */
const PLAIN = /^(?!.*(?:\\|(?:url|image|image-set|expression|element)\s*\()).*$/i

/**
 * The HTML of a mail as it may be shown to somebody who it is not for: its looks stay; scripts, forms, frames and everything from
 * elsewhere go, pictures that are not in the mail itself too, so that nobody out there learns that it was looked at.
 */
export const sanitizeMailHtml = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': [
        'align',
        'bgcolor',
        'border',
        'cellpadding',
        'cellspacing',
        'color',
        'colspan',
        'dir',
        'height',
        'lang',
        'rowspan',
        'style',
        'title',
        'valign',
        'width',
      ],
      a: ['href'],
      img: ['src', 'alt'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    allowedStyles: { '*': Object.fromEntries(STYLES.map((name) => [name, [PLAIN]])) },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'img' && !/^data:image\/(png|jpeg|gif|webp);base64,/i.test(attribs['src'] ?? ''),
  })
