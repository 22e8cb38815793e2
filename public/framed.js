// Inside another site's page: the bar and the foot go, and that page is told how high this one is.
;(() => {
  if (window.parent === window) return
  const root = document.documentElement
  root.dataset.framed = ''
  // A page that was reached from another one of ours was reached by somebody who uses it.
  let used = new URL(document.referrer || 'about:blank').origin === location.origin
  const tell = () => {
    const height = document.body?.scrollHeight
    if (height) window.parent.postMessage({ slotwise: 'height', height, used }, '*')
  }
  const use = () => {
    used = true
    tell()
  }
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, use, { once: true })
  addEventListener('load', tell)
  document.addEventListener('DOMContentLoaded', () => new ResizeObserver(tell).observe(document.body))
})()
