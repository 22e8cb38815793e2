// Tells by whose clock the visitor lives, also where that was another one before, and asks once more for a page that was
// drawn for another: before anything is shown. A zone that was chosen by hand stands in the address, and then nobody asks.
;(() => {
  const shown = document.currentScript.dataset.shown
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const known = () => /(?:^|; )zone=([^;]*)/.exec(document.cookie)?.[1]
  const said = zone && encodeURIComponent(zone)
  if (!said || known() === said) return
  // biome-ignore lint/suspicious/noDocumentCookie: it must be there before the page is painted, so nothing may be awaited
  document.cookie = `zone=${said}; path=/; max-age=31536000; samesite=lax`
  if (zone === shown) return
  if (known() !== said) {
    // Inside another site's page no cookie of ours is kept: there the address says it, from step to step.
    if (!shown) return
    const here = new URL(location.href)
    here.searchParams.set('zone', zone)
    history.replaceState(null, '', here)
  }
  location.reload()
})()
