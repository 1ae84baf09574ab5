/** The style of the pages for customers: one column, for phones first, light and dark. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --background: #f4f5f6; --card: #fff; --border: #d5d9dd; --text: #1b2226; --quiet: #59636b;
  --accent: #0f5b6e; --on-accent: #fff; --soft: #e3f0f3; --danger: #a3271f
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #12171a; --card: #1b2226; --border: #38434a; --text: #e9edef; --quiet: #a3afb6;
    --accent: #5fb8cc; --on-accent: #06242c; --soft: #1d3239; --danger: #ff9a8f
  }
}
* { box-sizing: border-box }
body {
  margin: 0; padding: 0 1rem 3rem; background: var(--background); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif
}
main, header { max-width: 44rem; margin: 0 auto }
header { display: flex; align-items: center; gap: .6rem; padding: 1.1rem 0; font-weight: 600 }
header svg { width: 28px; height: 28px }
section {
  margin: 0 0 1rem; padding: 1.25rem; border: 1px solid var(--border); border-radius: 10px;
  background: var(--card)
}
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; line-height: 1.3 }
h1, p, dd, blockquote { overflow-wrap: anywhere }
p { margin: 0 0 .75rem }
section > :last-child { margin-bottom: 0 }
.quiet { color: var(--quiet) }
.notice { border-color: var(--accent); background: var(--soft) }
.problem { border-color: var(--danger) }
.steps {
  display: flex; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; font-size: .85rem;
  color: var(--quiet)
}
.steps li { flex: 1; padding-top: .5rem; border-top: 4px solid var(--border) }
.steps .done { border-color: var(--accent); color: var(--text) }
blockquote {
  margin: 0 0 1rem; padding: .25rem 0 .25rem 1rem; border-left: 4px solid var(--accent);
  white-space: pre-line
}
label { display: block; margin: 0 0 .35rem; font-weight: 600 }
textarea, input[type=file] {
  display: block; width: 100%; margin: 0 0 .9rem; padding: .6rem; border: 1px solid var(--border);
  border-radius: 6px; background: var(--background); color: inherit; font: inherit
}
textarea { min-height: 7rem; resize: vertical }
input[type=checkbox] {
  width: 1.15rem; height: 1.15rem; margin: 0 .5rem 0 0; vertical-align: -.2rem
}
.check { font-weight: 400; margin-bottom: .9rem }
button {
  min-height: 44px; padding: .5rem 1.1rem; border: 1px solid transparent; border-radius: 6px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600;
  cursor: pointer
}
button.plain { border-color: var(--border); background: none; color: inherit; font-weight: 400 }
button.danger { border-color: var(--danger); background: none; color: var(--danger) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.photos {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem;
  margin: 0 0 1rem; padding: 0; list-style: none
}
.photos img {
  display: block; width: 100%; aspect-ratio: 4 / 3; margin: 0 0 .35rem; border-radius: 6px;
  object-fit: cover; background: var(--background)
}
.photos button { width: 100%; padding: .25rem }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .4rem 1rem; margin: 0 }
dt { color: var(--quiet) }
dd { margin: 0; white-space: pre-line }
summary { padding: .6rem 0; cursor: pointer }
details { margin: -.6rem 0 }
a { color: var(--accent) }`
