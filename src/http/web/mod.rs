//! Pages: HTML made on the server, complete without a script. `PAGES` is the one list of them; the router, the menus and the
//! tests of who may see what read it. One file a page below; what all have in common is in `frame`, `form`, `login`, `errors`.
mod account;
mod companion;
pub mod errors;
pub mod filters;
pub mod form;
pub mod frame;
pub mod language;
pub mod login;
mod places;
mod public;
mod resident;

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};

use crate::{
    app::access::Role,
    http::{
        state::AppState,
        web::frame::{Asset, ICON, STYLE},
    },
    words::id::pages::Menu,
};

/// Who may see a page; everybody else is asked to log in, or told that it is for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, logged in or not.
    Anybody,
    /// Every login.
    LoggedIn,
    /// A login that holds persons.
    Holder,
    /// The same, about one of them.
    Resident,
    /// A companion.
    Companion,
}

/// One page.
#[derive(Clone, Copy)]
pub struct PageRoute {
    pub method: &'static str,
    pub path: &'static str,
    pub who: Who,
    /// To which part of the service it belongs.
    pub menu: Option<Menu>,
    /// It stands in the menu itself.
    pub shown: bool,
    handler: fn() -> MethodRouter<AppState>,
}

impl PageRoute {
    /// Whether it stands in the menu of a role; none: nobody is logged in.
    pub fn in_menu_of(&self, role: Option<Role>) -> bool {
        match (self.menu, role) {
            (None, _) => false,
            _ if !self.shown => false,
            (Some(Menu::Enter), role) => role.is_none(),
            (Some(Menu::Tasks | Menu::People), role) => role == Some(Role::Companion),
            (Some(_), None | Some(Role::Companion | Role::Employer)) => self.who == Who::Anybody,
            (Some(_), Some(Role::Trainee)) => true,
            (Some(_), Some(Role::Staff | Role::Supervisor | Role::Agency | Role::Administrator)) => {
                self.who == Who::Anybody
            }
        }
    }
}

const fn page(
    method: &'static str,
    path: &'static str,
    who: Who,
    handler: fn() -> MethodRouter<AppState>,
) -> PageRoute {
    PageRoute { method, path, who, menu: None, shown: false, handler }
}

/// A page that stands in the menu.
const fn under(menu: Menu, page: PageRoute) -> PageRoute {
    PageRoute { menu: Some(menu), shown: true, ..page }
}

/// A page that belongs to an entry of the menu.
const fn below(menu: Menu, page: PageRoute) -> PageRoute {
    PageRoute { menu: Some(menu), ..page }
}

/// Every page: method, address, who may, what answers. In the order of the menus.
pub const PAGES: &[PageRoute] = &[
    page("GET", "/", Who::Anybody, || get(public::home::show)),
    under(Menu::Tasks, page("GET", "/pendamping", Who::Companion, || get(companion::desk::show))),
    page("POST", "/pendamping", Who::Companion, || post(companion::desk::told)),
    under(Menu::People, page("GET", "/pendamping/warga", Who::Companion, || get(companion::people::show))),
    page("POST", "/pendamping/warga", Who::Companion, || post(companion::people::begin)),
    below(
        Menu::People,
        page("GET", "/pendamping/warga/{id}", Who::Companion, || get(companion::person::show)),
    ),
    page("POST", "/pendamping/warga/{id}", Who::Companion, || post(companion::person::end)),
    below(
        Menu::People,
        page("GET", "/pendamping/lamaran/{id}", Who::Companion, || get(companion::application::show)),
    ),
    page("POST", "/pendamping/lamaran/{id}", Who::Companion, || post(companion::application::tried)),
    below(
        Menu::People,
        page("GET", "/pendamping/lamaran/{id}/jawab", Who::Companion, || get(companion::answer::ask)),
    ),
    page("POST", "/pendamping/lamaran/{id}/jawab", Who::Companion, || post(companion::answer::keep)),
    below(
        Menu::Tasks,
        page("GET", "/pendamping/lamaran/{id}/kabar", Who::Companion, || get(companion::follow_up::ask)),
    ),
    page("POST", "/pendamping/lamaran/{id}/kabar", Who::Companion, || post(companion::follow_up::keep)),
    under(Menu::Applications, page("GET", "/saya", Who::Resident, || get(resident::applications::show))),
    under(Menu::Vacancies, page("GET", "/lowongan", Who::Anybody, || get(public::vacancies::show))),
    under(Menu::Profile, page("GET", "/saya/profil", Who::Resident, || get(resident::profile::show))),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/kontak", Who::Resident, || get(resident::profile::show_contact)),
    ),
    page("POST", "/saya/profil/kontak", Who::Resident, || post(resident::profile::save_contact)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/keinginan", Who::Resident, || get(resident::profile::show_wishes)),
    ),
    page("POST", "/saya/profil/keinginan", Who::Resident, || post(resident::profile::save_wishes)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/keterampilan", Who::Resident, || get(resident::profile::show_skills)),
    ),
    page("POST", "/saya/profil/keterampilan", Who::Resident, || post(resident::profile::save_skills)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/pengalaman", Who::Resident, || get(resident::profile::show_jobs)),
    ),
    page("POST", "/saya/profil/pengalaman", Who::Resident, || post(resident::profile::save_jobs)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/tempat-tinggal", Who::Resident, || get(resident::profile::show_home)),
    ),
    page("POST", "/saya/profil/tempat-tinggal", Who::Resident, || post(resident::profile::save_home)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/pendidikan", Who::Resident, || get(resident::profile::show_education)),
    ),
    page("POST", "/saya/profil/pendidikan", Who::Resident, || post(resident::profile::save_education)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/pelatihan", Who::Resident, || get(resident::profile::show_trainings)),
    ),
    page("POST", "/saya/profil/pelatihan", Who::Resident, || post(resident::profile::save_trainings)),
    below(
        Menu::Profile,
        page("GET", "/saya/profil/sertifikat", Who::Resident, || get(resident::profile::show_certificates)),
    ),
    page("POST", "/saya/profil/sertifikat", Who::Resident, || post(resident::profile::save_certificates)),
    below(Menu::Profile, page("GET", "/saya/data", Who::Resident, || get(resident::data::show))),
    page("POST", "/saya/data", Who::Resident, || post(resident::data::act)),
    below(Menu::Profile, page("GET", "/saya/data/hapus", Who::Resident, || get(resident::data::ask_erasure))),
    page("POST", "/saya/data/hapus", Who::Resident, || post(resident::data::erase)),
    below(Menu::Profile, page("GET", "/saya/data/riwayat", Who::Resident, || get(resident::opened::show))),
    below(Menu::Profile, page("GET", "/saya/slip", Who::Resident, || get(resident::slip::show))),
    page("POST", "/saya/slip", Who::Resident, || post(resident::slip::act)),
    below(Menu::Vacancies, page("GET", "/lowongan/{id}", Who::Anybody, || get(public::vacancy::show))),
    below(
        Menu::Applications,
        page("GET", "/saya/lamaran/{id}", Who::Resident, || get(resident::application::show)),
    ),
    page("POST", "/saya/lamaran/{id}", Who::Resident, || post(resident::note::say)),
    below(
        Menu::Applications,
        page("GET", "/saya/lamaran/{id}/wawancara.ics", Who::Resident, || get(resident::calendar::show)),
    ),
    below(
        Menu::Applications,
        page("GET", "/saya/lamaran/{id}/bersedia", Who::Resident, || get(resident::answer::ask_yes)),
    ),
    page("POST", "/saya/lamaran/{id}/bersedia", Who::Resident, || post(resident::answer::yes)),
    below(
        Menu::Applications,
        page("GET", "/saya/lamaran/{id}/tidak", Who::Resident, || get(resident::answer::ask_no)),
    ),
    page("POST", "/saya/lamaran/{id}/tidak", Who::Resident, || post(resident::answer::no)),
    below(
        Menu::Applications,
        page("GET", "/saya/lamaran/{id}/batal", Who::Resident, || get(resident::answer::ask_withdraw)),
    ),
    page("POST", "/saya/lamaran/{id}/batal", Who::Resident, || post(resident::answer::withdraw)),
    below(Menu::Vacancies, page("GET", "/lowongan/{id}/lamar", Who::Resident, || get(resident::apply::ask))),
    page("POST", "/lowongan/{id}/lamar", Who::Resident, || post(resident::apply::apply)),
    below(Menu::Vacancies, page("GET", "/saya/lowongan", Who::Resident, || get(resident::suited::show))),
    page("GET", "/saya/pilih", Who::Holder, || get(resident::choose::show)),
    page("POST", "/saya/pilih", Who::Holder, || post(resident::choose::choose)),
    page("GET", "/akun", Who::LoggedIn, || get(account::own::show)),
    page("POST", "/akun", Who::LoggedIn, || post(account::own::leave_everywhere)),
    page("POST", "/keluar", Who::Anybody, || post(account::own::leave)),
    page("POST", "/bahasa", Who::Anybody, || post(language::choose)),
    page("GET", "/aduan", Who::Anybody, || get(public::complaint::show)),
    page("POST", "/aduan", Who::Anybody, || post(public::complaint::make)),
    page("GET", "/cek", Who::Anybody, || get(public::check::show)),
    page("POST", "/cek", Who::Anybody, || post(public::check::look)),
    page("GET", "/privasi", Who::Anybody, || get(public::texts::privacy)),
    under(Menu::Help, page("GET", "/bantuan", Who::Anybody, || get(public::texts::help))),
    page("GET", "/aktivasi", Who::Anybody, || get(account::activation::show)),
    page("POST", "/aktivasi", Who::Anybody, || post(account::activation::start)),
    page("GET", "/lowongan/{id}/minat", Who::Anybody, || get(public::interest::show)),
    page("POST", "/lowongan/{id}/minat", Who::Anybody, || post(public::interest::say)),
    page("GET", "/lupa-sandi", Who::Anybody, || get(account::forgotten::show)),
    page("POST", "/lupa-sandi", Who::Anybody, || post(account::forgotten::ask)),
    page("GET", "/sandi-baru", Who::Anybody, || get(account::new_password::show)),
    page("POST", "/sandi-baru", Who::Anybody, || post(account::new_password::set)),
    page("GET", "/sandi-baru/{kunci}", Who::Anybody, || get(account::new_password::open)),
    under(Menu::Enter, page("GET", "/masuk", Who::Anybody, || get(account::enter::show))),
    page("POST", "/masuk", Who::Anybody, || post(account::enter::enter)),
];

/// The pages and what they load.
pub fn routes(state: &AppState) -> Router<AppState> {
    let mut router = Router::new();
    for page in PAGES {
        let guarded =
            (page.handler)().route_layer(from_fn_with_state((state.clone(), page.who), login::guard));
        router = router.route(page.path, guarded);
    }
    for asset in [&*STYLE, &*ICON] {
        router = router.route(&asset.path, get(move || async move { file(asset) }));
    }
    router
}

/// A file whose address changes with its content.
fn file(asset: &'static Asset) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.text).into_response()
}
