'use client'

import { useEffect, useState } from 'react'

type Answer = { ok: true; body: unknown } | { ok: false; code: string }

export async function askIdentity(path: string, body: unknown = {}): Promise<Answer> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await response.json()) as { code?: string }
  return response.ok ? { ok: true, body: said } : { ok: false, code: said.code ?? 'internal' }
}

/** Only where the browser itself can do it; before script runs nothing is offered that would not work. */
export function useCanPasskey(): boolean {
  const [can, setCan] = useState(false)
  useEffect(() => {
    setCan(
      typeof PublicKeyCredential !== 'undefined' &&
        'parseCreationOptionsFromJSON' in PublicKeyCredential &&
        'parseRequestOptionsFromJSON' in PublicKeyCredential,
    )
  }, [])
  return can
}

/** The device asks its owner, and makes or finds a key. Null where they did not want to. */
export async function ceremony(kind: 'create' | 'get', options: unknown): Promise<unknown> {
  const made =
    kind === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
            options as PublicKeyCredentialCreationOptionsJSON,
          ),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
            options as PublicKeyCredentialRequestOptionsJSON,
          ),
        })
  return made instanceof PublicKeyCredential ? made.toJSON() : null
}
