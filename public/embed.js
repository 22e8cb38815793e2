// Puts a business's booking page into every <div data-slotwise="its-address"> of another page.
;(() => {
  const { origin } = new URL(document.currentScript.src)
  for (const place of document.querySelectorAll('[data-slotwise]')) {
    const { slotwise: business, service, provider, title = 'Booking' } = place.dataset
    const query = new URLSearchParams(Object.entries({ service, provider }).filter(([, value]) => value))
    const frame = document.createElement('iframe')
    frame.src = `${origin}/b/${encodeURIComponent(business)}/book?${query}`
    frame.title = title
    const kept = Math.max(320, place.getBoundingClientRect().height)
    frame.style.cssText = `display:block;inline-size:100%;block-size:${kept}px;border:0;color-scheme:auto`
    place.append(frame)
    addEventListener('message', ({ origin: from, source, data }) => {
      if (from !== origin || source !== frame.contentWindow || data?.slotwise !== 'height') return
      // Nothing moves under somebody who only reads: it takes its own height once somebody has begun in it.
      if (!data.used) return
      place.style.minBlockSize = '0'
      frame.style.blockSize = `${Math.max(320, Math.ceil(data.height))}px`
    })
  }
})()
