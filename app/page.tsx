export default function HomePage() {
  return (
    <main>
      <h1>SlotWise</h1>
    </main>
  )
}
