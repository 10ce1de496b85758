// A WebKitGTK browser that keeps its profile while it is driven, as MiniBrowser does not: `gjs -m webkit-browser.gjs FOLDER WIDTH HEIGHT`.
import Gtk from 'gi://Gtk?version=3.0';
import WebKit from 'gi://WebKit2?version=4.1';

const [profile, width, height] = ARGV;
Gtk.init(null);
const context = new WebKit.WebContext({
  website_data_manager: new WebKit.WebsiteDataManager({
    base_data_directory: `${profile}/data`,
    base_cache_directory: `${profile}/cache`
  })
});
context.get_cookie_manager().set_persistent_storage(`${profile}/cookies`, WebKit.CookiePersistentStorage.SQLITE);
context.set_preferred_languages(['vi']);
context.set_automation_allowed(true);
context.connect('automation-started', (_context, session) => {
  session.connect('create-web-view', () => {
    const view = new WebKit.WebView({ web_context: context, is_controlled_by_automation: true });
    view.get_settings().set_enable_write_console_messages_to_stdout(true);
    const window = new Gtk.Window({ default_width: Number(width), default_height: Number(height) });
    window.add(view);
    window.show_all();
    view.connect('close', () => window.destroy());
    return view;
  });
});
Gtk.main();
