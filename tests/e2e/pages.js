// Every kind of page: where it is, who looks at it, and how it gets into a state of error. One row each; what is done with them is
// in pages.test.js.

/** Rows of the list. `as`: nobody, the resident of the demo or the companion of its first village. `press`: a button that is pressed with nothing filled in. */
export const PAGES = [
  { name: "home", path: "/", as: "nobody" },
  { name: "vacancies", path: "/lowongan", as: "nobody" },
  { name: "vacancies-filtered", path: "/lowongan?q=jahit&kec=33.11.05&upah=2300000", as: "nobody" },
  { name: "vacancies-none", path: "/lowongan?q=jahit&upah=4000000&mes=1&didik=sd", as: "nobody" },
  { name: "vacancy", path: "FIRST /lowongan/", from: "/lowongan", as: "nobody" },
  { name: "complaint", path: "/aduan", as: "nobody" },
  { name: "complaint-wrong", path: "/aduan", as: "nobody", press: "Kirim aduan" },
  { name: "check", path: "/cek", as: "nobody" },
  { name: "check-wrong", path: "/cek", as: "nobody", press: "Cek" },
  { name: "help", path: "/bantuan", as: "nobody" },
  { name: "privacy", path: "/privasi", as: "nobody" },
  { name: "forgotten", path: "/lupa-sandi", as: "nobody" },
  { name: "enter", path: "/masuk", as: "nobody" },
  { name: "enter-wrong", path: "/masuk", as: "nobody", press: "Masuk" },
  { name: "activation", path: "/aktivasi", as: "nobody" },
  { name: "activation-wrong", path: "/aktivasi", as: "nobody", press: "Mulai akun" },
  { name: "absent", path: "/tidak-ada", as: "nobody", status: 404 },
  { name: "applications", path: "/saya", as: "resident" },
  { name: "application", path: "FIRST /saya/lamaran/", from: "/saya", as: "resident" },
  { name: "yes", path: "ASKED /bersedia", as: "resident" },
  { name: "no", path: "ASKED /tidak", as: "resident" },
  { name: "no-wrong", path: "ASKED /tidak", as: "resident", press: "Kirim jawaban" },
  { name: "apply", path: "FIRST /lowongan/", from: "/lowongan", then: "/lamar", as: "resident" },
  { name: "account", path: "/akun", as: "resident" },
  { name: "data", path: "/saya/data", as: "resident" },
  // A companion.
  { name: "desk", path: "/pendamping", as: "companion" },
  { name: "people", path: "/pendamping/warga", as: "companion" },
  { name: "people-wrong", path: "/pendamping/warga", as: "companion", press: "Catat persetujuan" },
  { name: "person", path: "FIRST /pendamping/warga/", from: "/pendamping/warga", as: "companion" },
];

export const WIDTHS = [360, 1280];
