export default function NotFound() {
  return (
    <main className="page">
      <h1>Not found</h1>
      <p>It does not exist, or it is not yours to see. Check the address.</p>
      <p>
        <a href="/">Back to the start</a>
      </p>
    </main>
  )
}
