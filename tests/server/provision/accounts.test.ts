// The accounts file of an office: what is read from it, and what is said about a wrong one.
import { describe, expect, test } from 'vitest';
import { parseAccounts } from '#server/provision/accounts.ts';

const HEADING = 'user,name,roles,communes,password\n';

test('reads roles and communes, whatever the spreadsheet program made of the file', async () => {
  const csv =
    '\uFEFF' +
    HEADING.replace(/\n/, '\r\n') +
    'canbo.a,"Nguyễn Văn, A",officer,22972 23110,matkhau-1\r\n\r\nt,T,reviewer,province,matkhau-2';
  expect(await parseAccounts(csv.replace('\r\nt,T', '\r\ntv,T'))).toEqual({
    ok: true,
    value: [
      {
        user: 'canbo.a',
        name: 'Nguyễn Văn, A',
        roles: ['officer', 'commune:22972', 'commune:23110'],
        password: 'matkhau-1'
      },
      { user: 'tv', name: 'T', roles: ['reviewer', 'province'], password: 'matkhau-2' }
    ]
  });
});

test('brings names to NFC, as the app writes them', async () => {
  const parsed = await parseAccounts(`${HEADING}ab,${'Lê Thị Tuyết'.normalize('NFD')},officer,22972,matkhau-1`);
  expect(parsed.ok && parsed.value[0]?.name).toBe('Lê Thị Tuyết');
});

describe('says what is wrong, and where', () => {
  test.each([
    ['a user with capitals', 'Canbo,A,officer,22972,matkhau-1', /user "Canbo"/],
    ['no name', 'canbo,,officer,22972,matkhau-1', /name is empty/],
    ['an unknown role', 'canbo,A,boss,22972,matkhau-1', /unknown role boss/],
    ['a system role', 'canbo,A,_admin,22972,matkhau-1', /unknown role _admin/],
    ['no role', 'canbo,A,,22972,matkhau-1', /no role/],
    ['a commune that does not exist', 'canbo,A,officer,99999,matkhau-1', /no commune has the code 99999/],
    ['a short password', 'canbo,A,officer,22972,1234567', /fewer than 8/]
  ])('%s', async (_what, line, message) => {
    const parsed = await parseAccounts(`${HEADING}ok.one,B,officer,22972,matkhau-0\n${line}`);
    expect(parsed).toMatchObject({ ok: false, error: [{ line: 3 }] });
    expect(!parsed.ok && parsed.error[0]?.message).toMatch(message);
  });

  test('a missing column', async () => {
    const parsed = await parseAccounts('user,name\ncanbo,A');
    expect(!parsed.ok && parsed.error[0]?.message).toMatch(/no column roles, communes, password/);
  });

  test('the same user twice', async () => {
    const line = 'canbo,A,officer,22972,matkhau-1\n';
    expect(await parseAccounts(HEADING + line + line)).toMatchObject({ ok: false });
  });

  test('a broken file', async () => {
    expect(await parseAccounts(`${HEADING}"canbo,A,officer`)).toMatchObject({ ok: false });
  });
});
