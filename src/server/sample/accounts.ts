// The fictional people of the demonstration and what they may see.
import type { DemoAccount } from '../app/config.ts';
import type { AccountRow } from '../provision/accounts.ts';

/** One password for all: the data are fictional and the server listens on this machine only. */
const PASSWORD = 'ocop-demo';

interface Person extends AccountRow {
  readonly title: string;
}

const person = (user: string, name: string, title: string, ...roles: string[]): Person => ({
  user,
  name,
  title,
  roles,
  password: PASSWORD
});

const PHAN_RI_CUA = 'commune:22972';
const HAM_THUAN_NAM = 'commune:23110';
const PHAN_THIET = 'commune:22945';
const MUI_NE = 'commune:22918';
const PHU_QUY = 'commune:23272';
const LIEN_HUONG = 'commune:22969';
const ALL = [PHAN_RI_CUA, HAM_THUAN_NAM, PHAN_THIET, MUI_NE, PHU_QUY, LIEN_HUONG];

/** A and B share Phan Rí Cửa; C is of other communes and sees nothing of theirs. */
export const SAMPLE_PEOPLE: readonly Person[] = [
  person(
    'canbo.a',
    'Cán bộ mẫu A',
    'Phan Rí Cửa, Hàm Thuận Nam, Phan Thiết',
    'officer',
    PHAN_RI_CUA,
    HAM_THUAN_NAM,
    PHAN_THIET
  ),
  person('canbo.b', 'Cán bộ mẫu B', 'Phan Rí Cửa, Liên Hương', 'officer', PHAN_RI_CUA, LIEN_HUONG),
  person('canbo.c', 'Cán bộ mẫu C', 'Mũi Né, Phú Quý', 'officer', MUI_NE, PHU_QUY),
  person('tuvan.t', 'Cán bộ mẫu T', 'Tổ tư vấn cấp tỉnh', 'reviewer', ...ALL),
  person('quantri', 'Quản trị mẫu', 'Quản trị', 'admin', ...ALL)
];

export const REVIEWER = 'tuvan.t';

/** Who registers what happens in a commune. */
export function officerOf(commune: string): string {
  const officer = SAMPLE_PEOPLE.find(({ roles }) => roles.includes('officer') && roles.includes(`commune:${commune}`));
  if (!officer) throw new Error(`The sample has no officer for commune ${commune}.`);
  return officer.user;
}

/** As `/config.json` offers them on the sign-in screen. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = SAMPLE_PEOPLE.map(({ user, name, title, roles, password }) => ({
  name: user,
  password,
  title: `${name} · ${title}`,
  displayName: name,
  role: roles[0] ?? ''
}));
