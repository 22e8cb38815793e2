import type { Limit } from '@/server/core/rate-limit'

/** What may be tried how often. By account too, since addresses are cheap; more loosely, or anyone could lock anyone out. */
export const limits = {
  requests: { name: 'identity', max: 300, seconds: 60 },
  signInByNetwork: { name: 'sign-in.network', max: 60, seconds: 300 },
  signInByNetworkAndAccount: { name: 'sign-in.network-and-account', max: 20, seconds: 300 },
  signInByAccount: { name: 'sign-in.account', max: 100, seconds: 900 },
  signUpByNetwork: { name: 'sign-up.network', max: 20, seconds: 3600 },
  signUpByAccount: { name: 'sign-up.account', max: 10, seconds: 3600 },
  linkByNetwork: { name: 'link.network', max: 30, seconds: 3600 },
  linkByAccount: { name: 'link.account', max: 5, seconds: 900 },
  linkUsedByNetwork: { name: 'link-used.network', max: 60, seconds: 300 },
  passkeyByPerson: { name: 'passkey.person', max: 20, seconds: 900 },
  passwordByPerson: { name: 'password.person', max: 10, seconds: 900 },
} satisfies Record<string, Limit>
