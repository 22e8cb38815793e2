import { Checkbox } from '@/components/ui/choice'
import {
  type Choices,
  canChoose,
  clientKinds,
  isMust,
  type PreferenceChannel,
  type PreferenceKind,
  wants,
} from '@/server/notification/preference/model-choice'
import styles from './preference.module.css'
import type { PreferenceWords } from './words'

type Props = {
  choices: Choices
  /** Those of a client, where nothing else is said. */
  kinds?: readonly PreferenceKind[]
  channels: readonly PreferenceChannel[]
  words: PreferenceWords
}

/** Each kind of message with the ways it can come. What must come is ticked and says why it cannot be left out. */
export function ChoiceFields({ choices, kinds = clientKinds, channels, words }: Props) {
  return (
    <>
      <input type="hidden" name="channels" value={channels.join()} />
      <input type="hidden" name="kinds" value={kinds.join()} />
      {kinds.map((kind) => (
        <fieldset key={kind} className={styles.kind}>
          <legend>{words.kinds[kind]}</legend>
          <p className="quiet small">{words.kindsUnder[kind]}</p>
          {channels
            .filter((channel) => canChoose(kind, channel))
            .map((channel) => {
              const must = isMust(kind, channel)
              return (
                <Checkbox
                  key={channel}
                  name={`${kind}-${channel}`}
                  label={words.channels[channel]}
                  defaultChecked={wants(choices, kind, channel)}
                  disabled={must}
                  hint={must ? words.must : undefined}
                />
              )
            })}
        </fieldset>
      ))}
    </>
  )
}
