// Inside another site's page: the bar and the foot go, that page is told how high this one is, and what may not be shown
// there opens beside it.
;(() => {
  if (window.parent === window) return
  const root = document.documentElement
  root.dataset.framed = ''
  // A page that was reached from another one of ours was reached by somebody who uses it; one that asks for itself was not.
  const [how] = performance.getEntriesByType('navigation')
  let used = how?.type !== 'reload' && new URL(document.referrer || 'about:blank').origin === location.origin
  const tell = () => {
    const height = document.body?.scrollHeight
    if (height) window.parent.postMessage({ slotwise: 'height', height, used }, '*')
  }
  const use = () => {
    used = true
    tell()
  }
  const isFramable = ({ origin, pathname }) =>
    origin === location.origin &&
    /^\/(b\/[^/]+\/(book|wait|series)|bookings|waitlist|errors)(\/|$)/.test(pathname)
  addEventListener(
    'click',
    ({ target }) => {
      const link = target instanceof Element ? target.closest('a[href]') : null
      if (link && /^https?:$/.test(link.protocol) && !link.hasAttribute('download') && !isFramable(link)) {
        link.target = '_blank'
        link.rel = 'noopener'
      }
    },
    true,
  )
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, use, { once: true })
  addEventListener('load', tell)
  document.addEventListener('DOMContentLoaded', () => new ResizeObserver(tell).observe(document.body))
})()
