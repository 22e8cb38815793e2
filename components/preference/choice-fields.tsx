import { Checkbox } from '@/components/ui/choice'
import {
  type Choices,
  isMust,
  type PreferenceChannel,
  preferenceKinds,
  wants,
} from '@/server/notification/preference/model-choice'
import styles from './preference.module.css'
import type { PreferenceWords } from './words'

type Props = { choices: Choices; channels: readonly PreferenceChannel[]; words: PreferenceWords }

/** Each kind of message with the ways it can come. What must come is ticked and says why it cannot be left out. */
export function ChoiceFields({ choices, channels, words }: Props) {
  return (
    <>
      <input type="hidden" name="channels" value={channels.join()} />
      {preferenceKinds.map((kind) => (
        <fieldset key={kind} className={styles.kind}>
          <legend>{words.kinds[kind]}</legend>
          <p className="quiet small">{words.kindsUnder[kind]}</p>
          {channels.map((channel) => {
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
