// What the phone remembers apart from any account: each fact with its shape and what holds at first.
import * as v from 'valibot';
import { Fact } from './fact.ts';
import { verifierSchema } from './verifier.ts';

export const LANGUAGES = ['vi', 'en'] as const;
export const THEMES = ['device', 'light', 'dark'] as const;
export const TEXT_SIZES = ['normal', 'large', 'larger'] as const;

export type Theme = (typeof THEMES)[number];
export type TextSize = (typeof TEXT_SIZES)[number];

const settingsSchema = v.object({
  language: v.fallback(v.picklist(LANGUAGES), 'vi'),
  theme: v.fallback(v.picklist(THEMES), 'device'),
  textSize: v.fallback(v.picklist(TEXT_SIZES), 'normal'),
  /** The person wants to be told of refused and returned work while the app is closed. */
  notices: v.fallback(v.boolean(), false),
  /** Photos wait for Wi-Fi. */
  photosByWifiOnly: v.fallback(v.boolean(), false)
});
/** How the app looks, speaks and sends on this phone. */
export type Settings = v.InferOutput<typeof settingsSchema>;

const knownAccountSchema = v.object({
  name: v.string(),
  displayName: v.string(),
  roles: v.array(v.string()),
  /** Lets the account be opened with no network; made at a sign-in that the server accepted. */
  verifier: verifierSchema,
  /** Its data lie behind a lock: a start asks for it. The lock itself lies with the data. */
  isLocked: v.fallback(v.boolean(), false)
});
/** An account that was signed in on this phone at least once. */
export type KnownAccount = v.InferOutput<typeof knownAccountSchema>;

const placeSchema = v.object({
  account: v.string(),
  /** Path, query and hash. */
  url: v.pipe(v.string(), v.regex(/^\/(?!\/)/)),
  scrollY: v.fallback(v.number(), 0)
});
/** Where a person was in the app. */
export type Place = v.InferOutput<typeof placeSchema>;

const seenSchema = v.object({
  /** The three cards of the first start. */
  intro: v.fallback(v.boolean(), false),
  /** The hint to put the app on the home screen was put away. */
  installHint: v.fallback(v.boolean(), false),
  /** The browser was asked to keep the data. */
  persistence: v.fallback(v.boolean(), false),
  /** The same on the home screen, where browsers say yes that have said no in a tab. */
  persistenceInstalled: v.fallback(v.boolean(), false)
});
/** What a person on this phone has been shown or asked already. */
export type Seen = v.InferOutput<typeof seenSchema>;

export const deviceIdFact = new Fact('device', v.nullable(v.string()), null);
export const INITIAL_SETTINGS: Settings = {
  language: 'vi',
  theme: 'device',
  textSize: 'normal',
  notices: false,
  photosByWifiOnly: false
};
export const settingsFact = new Fact<Settings>('settings', settingsSchema, INITIAL_SETTINGS);
/** One entry that cannot be read must not take the others with it. */
const knownAccountsSchema = v.pipe(
  v.array(v.unknown()),
  v.transform((entries) => entries.filter((entry) => v.is(knownAccountSchema, entry)))
);
export const accountsFact = new Fact<readonly KnownAccount[]>('accounts', knownAccountsSchema, []);
/** The account that opens without asking; null after a sign-out. */
export const openAccountFact = new Fact('open-account', v.nullable(v.string()), null);
export const placeFact = new Fact<Place | null>('place', v.nullable(placeSchema), null);
/** What holds on a phone fresh from the shop. */
export const NOTHING_SEEN: Seen = { intro: false, installHint: false, persistence: false, persistenceInstalled: false };
export const seenFact = new Fact<Seen>('seen', seenSchema, NOTHING_SEEN);
