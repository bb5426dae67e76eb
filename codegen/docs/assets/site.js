// Search, theme, remembered tab, copy as Markdown. Every page works without this file.
;(() => {
  const html = document.documentElement
  const root = html.dataset.root || './'
  const stored = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`rawgram-${key}`)
      localStorage.setItem(`rawgram-${key}`, value)
    } catch {
      // A browser that refuses storage forgets the choice; nothing else depends on it.
    }
    return null
  }

  const theme = stored('theme')
  if (theme) html.dataset.theme = theme

  document.addEventListener('DOMContentLoaded', () => {
    setUpTheme()
    setUpTabs()
    setUpCopy()
    setUpSearch()
  })

  function setUpTheme() {
    const button = document.querySelector('#theme')
    button.hidden = false
    button.addEventListener('click', () => {
      const dark = html.dataset.theme
        ? html.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches
      html.dataset.theme = dark ? 'light' : 'dark'
      stored('theme', html.dataset.theme)
    })
  }

  function setUpTabs() {
    const inputs = [...document.querySelectorAll('.tabs input')]
    const chosen = inputs.find((input) => input.value === stored('tab'))
    if (chosen) chosen.checked = true
    for (const input of inputs) input.addEventListener('change', () => stored('tab', input.value))
  }

  function setUpCopy() {
    const link = document.querySelector('[data-copy]')
    if (!link || !navigator.clipboard) return
    link.textContent = 'Copy as Markdown'
    link.addEventListener('click', async (event) => {
      event.preventDefault()
      try {
        const response = await fetch(link.href)
        await navigator.clipboard.writeText(await response.text())
        link.textContent = 'Copied'
      } catch {
        location.href = link.href
      }
    })
  }

  // --- search ---

  const KINDS = { m: 'method', c: 'constructor', t: 'type', e: 'error', r: 'removed' }
  const MAX_HITS = 20

  function load(file) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = `${root}assets/${file}`
      script.onload = resolve
      script.onerror = reject
      document.head.append(script)
    })
  }

  function words(text) {
    const parts = text.split(/[^A-Za-z0-9]+/).filter(Boolean)
    const small = parts.flatMap((part) => part.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) || [part])
    return [...new Set([...parts, ...small, parts.join('')])].map((word) => word.toLowerCase())
  }

  function parse(line, id) {
    const [letter, name, hex = '', fields = '', earlier = ''] = line.split(' ')
    return {
      id,
      kind: KINDS[letter],
      name,
      hex,
      fields: fields.replaceAll(',', ' '),
      earlier: earlier ? earlier.split(',') : [],
    }
  }

  let engine
  function searchEngine() {
    engine ??= Promise.all([load('minisearch.js'), load('search-data.js')]).then(() => {
      const entries = globalThis.rawgramEntries.split('\n').map(parse)
      const ids = new Map()
      for (const entry of entries) {
        for (const step of entry.earlier) {
          const [hex, layer] = step.split('@')
          if (!ids.has(hex)) ids.set(hex, { entry, note: `${entry.kind}, its id in layer ${layer}` })
        }
        if (entry.hex) ids.set(entry.hex, { entry, note: `${entry.kind} #${entry.hex}` })
      }
      const index = new globalThis.MiniSearch({
        fields: ['name', 'fields'],
        tokenize: words,
        processTerm: (term) => term,
        searchOptions: {
          boost: { name: 6 },
          prefix: true,
          fuzzy: (term) => (term.length > 4 ? 0.2 : false),
          combineWith: 'AND',
          tokenize: (query) =>
            query
              .toLowerCase()
              .split(/[^a-z0-9]+/)
              .filter(Boolean),
        },
      })
      index.addAll(entries)
      return { entries, ids, index }
    })
    return engine
  }

  function hexOf(query) {
    // Ids are signed where languages have no unsigned numbers.
    if (/^-\d{6,10}$/.test(query) && Number(query) >= -0x80000000) return (Number(query) >>> 0).toString(16).padStart(8, '0')
    if (/^\d{6,10}$/.test(query) && Number(query) <= 0xffffffff && !/^[0-9a-f]{8}$/i.test(query))
      return Number(query).toString(16).padStart(8, '0')
    const [, digits] = /^(?:0x|#)?([0-9a-f]{1,8})$/i.exec(query) || []
    return digits === undefined ? undefined : digits.toLowerCase()
  }

  /**
   * What stands around a name where it is copied from: the message of an error, `new Api.`, `Type`, the number of a TL
   * line, the argument of an error.
   */
  function bareName(query) {
    const [error] = /\s/.test(query) ? (/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.exec(query) ?? []) : []
    return (error ?? query)
      .replace(/^(?:new\s+)?Api\./, '')
      .replace(/^((?:\w+\.)?)Type(?=[A-Z])/, '$1')
      .replace(/^([\w.]+)#[0-9a-f]+$/i, '$1')
      .replace(/_(?:\d+|x|%d)(?=_|$)/gi, '')
  }

  function find({ entries, ids, index }, text) {
    const query = bareName(text)
    const hits = []
    const hex = hexOf(query)
    const explicit = /^(?:0x|#)/i.test(query)
    if (hex !== undefined && (explicit || hex.length === 8)) {
      const padded = hex.padStart(8, '0')
      if (ids.has(padded)) hits.push(ids.get(padded))
      else if (explicit) for (const [id, hit] of ids) if (id.startsWith(hex) && hits.length < MAX_HITS) hits.push(hit)
      if (hits.length > 0 || explicit) return hits
    }
    const plain = query.toLowerCase()
    const rank = ({ name }) => {
      const own = name.toLowerCase()
      if (own === plain) return 0
      if (own.endsWith(`.${plain}`)) return 1
      return own.startsWith(plain) ? 2 : own.includes(plain) ? 3 : 4
    }
    const found = index.search(query).map(({ id, score, match }) => ({ entry: entries[id], score, match }))
    found.sort((a, b) => rank(a.entry) - rank(b.entry) || b.score - a.score)
    return found.slice(0, MAX_HITS).map(({ entry, match }) => {
      const inName = Object.values(match).some((places) => places.includes('name'))
      return { entry, note: inName ? entry.kind : `${entry.kind}, by a field` }
    })
  }

  function address({ kind, name }) {
    if (kind === 'removed') return `${root}removed.html`
    const file = name === '#' ? 'flags' : kind === 'error' ? name.replace(/\{\w+\}/g, 'X') : name
    return `${root}${kind}/${encodeURIComponent(file)}.html`
  }

  function setUpSearch() {
    const box = document.querySelector('.search')
    const input = document.querySelector('#q')
    const list = document.querySelector('#hits')
    let selected = -1
    box.hidden = false

    const items = () => [...list.querySelectorAll('[role=option]')]
    const close = () => {
      list.hidden = true
      list.replaceChildren()
      selected = -1
      input.setAttribute('aria-expanded', 'false')
      input.removeAttribute('aria-activedescendant')
    }
    const select = (next) => {
      const all = items()
      if (all.length === 0) return
      selected = (next + all.length) % all.length
      all.forEach((item, position) => item.setAttribute('aria-selected', String(position === selected)))
      all[selected].scrollIntoView({ block: 'nearest' })
      input.setAttribute('aria-activedescendant', all[selected].id)
    }
    const show = (hits) => {
      list.replaceChildren(
        ...hits.map(({ entry, note }, position) => {
          const item = document.createElement('li')
          item.id = `hit-${position}`
          item.setAttribute('role', 'option')
          item.setAttribute('aria-selected', 'false')
          item.dataset.href = address(entry)
          const label = document.createElement('span')
          label.textContent = entry.name
          const small = document.createElement('small')
          small.textContent = note
          item.append(label, small)
          return item
        }),
      )
      if (hits.length === 0) {
        const none = document.createElement('li')
        none.className = 'none'
        none.setAttribute('role', 'option')
        none.setAttribute('aria-disabled', 'true')
        none.textContent = 'Nothing found'
        list.append(none)
      }
      list.hidden = false
      input.setAttribute('aria-expanded', 'true')
      if (hits.length > 0) select(0)
    }

    input.addEventListener('focus', () => void searchEngine())
    const search = async () => {
      const query = input.value.trim()
      if (query === '') return close()
      const ready = await searchEngine()
      if (input.value.trim() === query) show(find(ready, query))
    }
    input.addEventListener('input', search)
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' && list.hidden) void search()
      else if (event.key === 'ArrowDown') select(selected + 1)
      else if (event.key === 'ArrowUp') select(selected - 1)
      else if (event.key === 'Escape') close()
      else if (event.key === 'Enter') {
        const target = items()[Math.max(selected, 0)]?.dataset.href
        if (target) location.href = target
      } else return
      event.preventDefault()
    })
    list.addEventListener('mousedown', (event) => {
      const target = event.target.closest('[data-href]')?.dataset.href
      event.preventDefault()
      if (target && event.button === 0) location.href = target
    })
    input.addEventListener('blur', close)
    document.addEventListener('keydown', (event) => {
      const typing =
        /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '') &&
        document.activeElement?.type !== 'radio'
      const slash = event.key === '/' && !typing
      if (slash || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
        event.preventDefault()
        input.focus()
        input.select()
      }
    })
  }
})()
