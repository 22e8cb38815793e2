// Remembers the visitor's time zone, and asks once more for a page that was drawn for another: before anything is shown.
;(() => {
  const shown = document.currentScript.dataset.shown
  if (/(?:^|; )zone=/.test(document.cookie)) return
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!zone) return
  // biome-ignore lint/suspicious/noDocumentCookie: it must be there before the page is painted, so nothing may be awaited
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`
  if (zone !== shown && /(?:^|; )zone=/.test(document.cookie)) location.reload()
})()
