import type { Page } from '../model/page.js'
import { openTag } from './element.js'
import { escapeHtml } from './escape.js'
import { relativePath } from './relative.js'

export interface SiteInfo {
  readonly layer: number
  /** Where structure and sentences come from, each a line of the footer. */
  readonly sources: readonly string[]
}

const SEARCH_FIELD = openTag('input', {
  type: 'search',
  id: 'q',
  role: 'combobox',
  'aria-label': 'Search names, fields, errors and ids',
  'aria-expanded': 'false',
  'aria-controls': 'hits',
  'aria-autocomplete': 'list',
  autocomplete: 'off',
  spellcheck: 'false',
  placeholder: 'Search: name, field, error, 0xid',
})

/** The frame of every page: head, bar with search, trail, article, table of contents, footer. No external request. */
export function layout(page: Page, article: string, site: SiteInfo): string {
  const to = (path: string): string => relativePath(page.path, path)
  const trail = page.trail
    .map(({ label, path }) => `<li><a href="${to(path)}.html">${escapeHtml(label)}</a></li>`)
    .join('')
  const contents = page.sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join('')
  const title = page.path === 'index' ? page.title : `${page.title} · layer ${site.layer}`
  return `<!doctype html>
<html lang="en" data-root="${to('')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(shortened(page.summary))}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${to('assets/icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${to('assets/site.css')}">
<script src="${to('assets/site.js')}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="${to('index')}.html">rawgram <span>layer ${site.layer}</span></a>
<search class="search" hidden>
${SEARCH_FIELD}
<kbd aria-hidden="true">/</kbd>
<ul id="hits" role="listbox" aria-label="Search results" hidden></ul>
</search>
<button type="button" id="theme" hidden aria-label="Switch between light and dark"></button>
</header>
${trail === '' ? '' : `<nav class="trail" aria-label="Breadcrumb"><ol>${trail}</ol></nav>\n`}<div class="page">
<main id="main">
<article>
${article}
</article>
</main>
<aside>
<nav aria-label="On this page"><p class="aside-title">On this page</p><ul>${contents}</ul></nav>
<p class="tools"><a href="${escapeHtml(lastPart(page.path))}.md" data-copy>As Markdown</a></p>
</aside>
</div>
<footer>${site.sources.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</footer>
</body>
</html>
`
}

function shortened(summary: string): string {
  return summary.length > 180 ? `${summary.slice(0, 179).trimEnd()}…` : summary
}

function lastPart(path: string): string {
  return encodeURIComponent(path.split('/').at(-1) ?? path)
}
