export const dynamic = 'force-dynamic'

/** A page with nothing in it: what the framework itself weighs. */
export default function Page() {
  return <main />
}
