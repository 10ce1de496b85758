// Two tabs of the app at once: leaving in one shuts the account in both.
import { Shell, signInFresh } from '../pages/shell.ts';
import { SettingsPage } from '../pages/settings.ts';
import { SignInPage } from '../pages/signIn.ts';
import { OFFICER_A } from '../people.ts';
import { expect, test } from '../test.ts';

test('both tabs open, and a sign-out in one shuts the other', async ({ phone }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  const other = await phone.newTab('/settings');
  await new Shell(other).isAt('Cài đặt');
  await shell.go('Cài đặt');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await expect(new SignInPage(phone.page).open).toBeVisible();
  await expect(new SignInPage(other).open).toBeVisible();
});
