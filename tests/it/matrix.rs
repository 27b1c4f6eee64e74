//! Who may do what: every route of the OpenAPI document, asked by everybody. Rows marked `own` ask for things of our
//! side, so that for personas ending in 2 they are foreign; rows marked `absent` ask for things that do not exist. What
//! somebody may not see must answer like what does not exist, byte for byte.
//!
//! A new route fails the first test until it has rows here and a request in `request`.
use std::collections::{BTreeMap, BTreeSet};

use padankerja::{http::api, store::Db};
use reqwest::Method;
use serde_json::Value;

use self::asks::{Ask, request};
use crate::support::{
    app::{Answer, Client, TestApp, fresh_key},
    contract,
    database::{TestDb, both_databases},
    world::{PERSONAS, World},
};

mod asks;

/// Method, path, object, then the status for each of `PERSONAS`.
const MATRIX: &str = "
#                                                | nob  trainee  compan.  employer staff verify,confirm, super agency  adm  disabled
#                                                | ody  own 2nd  own 2nd  own 2nd  none  nominate,report  visor own 2nd inistr.
POST  /auth/login                         -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200
POST  /auth/refresh                       -      | 401  401 401  401 401  401 401  401  401 401 401 401  401  401 401  401  401
POST  /auth/logout                        -      | 204  204 204  204 204  204 204  204  204 204 204 204  204  204 204  204  204
POST  /auth/activate                      -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200
GET   /auth/me                            -      | 401  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  401

GET   /vacancies                          -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  401
GET   /vacancies/search                   -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200
POST  /vacancies                          own    | 401  403 403  403 403  201 400  201  201 201 201 201  201  403 403  403  401
POST  /vacancies                          absent | 401  403 403  403 403  400 400  400  400 400 400 400  400  403 403  403  401
GET   /vacancies/{id}                     own    | 200  200 200  200 200  200 404  200  200 200 200 200  200  200 200  200  401
GET   /vacancies/{id}                     absent | 404  404 404  404 404  404 404  404  404 404 404 404  404  404 404  404  401
GET   /vacancies/{id}/candidates-count    own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
GET   /vacancies/{id}/candidates-count    absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
GET   /vacancies/{id}/match-summary       own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
GET   /vacancies/{id}/match-summary       absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
PUT   /vacancies/{id}                     own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
PUT   /vacancies/{id}                     absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/submit              own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/submit              absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/publish             own    | 401  403 403  403 403  403 404  403  200 403 403 403  200  403 403  403  401
POST  /vacancies/{id}/publish             absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/send-back           own    | 401  403 403  403 403  403 404  403  200 403 403 403  200  403 403  403  401
POST  /vacancies/{id}/send-back           absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/reject              own    | 401  403 403  403 403  403 404  403  200 403 403 403  200  403 403  403  401
POST  /vacancies/{id}/reject              absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/pause               own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/pause               absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/resume              own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/resume              absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/extend              own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/extend              absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/close               own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/close               absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /vacancies/{id}/flag-reasons        own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /vacancies/{id}/flag-reasons        absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401
POST  /vacancies/{id}/employer-statement  own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /vacancies/{id}/employer-statement  absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /employers                          -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /employers                          -      | 201  201 201  201 201  201 201  201  201 201 201 201  201  201 201  201  201
GET   /employers/{id}                     own    | 401  403 403  403 403  200 404  200  200 200 200 200  200  403 403  403  401
GET   /employers/{id}                     absent | 401  403 403  403 403  404 404  404  404 404 404 404  404  403 403  403  401
POST  /employers/{id}/verify              own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /employers/{id}/verify              absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401
POST  /employers/{id}/suspend             own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /employers/{id}/suspend             absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401
POST  /employers/{id}/reinstate           own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /employers/{id}/reinstate           absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401
POST  /employers/{id}/reject              own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /employers/{id}/reject              absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401

GET   /plans                              -      | 401  403 403  403 403  200 200  200  200 200 200 200  200  403 403  403  401
POST  /plans                              -      | 401  403 403  403 403  201 201  403  403 403 403 403  403  403 403  403  401

GET   /classes                            -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /classes                            -      | 401  403 403  403 403  403 403  201  201 201 201 201  201  403 403  403  401
GET   /classes/{id}                       own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /classes/{id}                       absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
PATCH /classes/{id}                       own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
PATCH /classes/{id}                       absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
POST  /classes/{id}/members               own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /classes/{id}/members               absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
POST  /classes/{id}/removal               own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /classes/{id}/removal               absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
POST  /classes/{id}/results               own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /classes/{id}/results               absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
PUT   /classes/{id}/activation-codes      own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
PUT   /classes/{id}/activation-codes      absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /people                             -      | 401  200 200  200 200  403 403  200  200 200 200 200  200  200 200  403  401
GET   /people/unknown-desil               -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /people/undated-evidence            -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /people                             -      | 401  403 403  201 400  403 403  201  201 201 201 201  201  201 201  403  401
GET   /people/{id}                        own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  200 404  403  401
GET   /people/{id}                        absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401
PATCH /people/{id}                        own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  200 404  403  401
PATCH /people/{id}                        absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401
PUT   /people/{id}/activation-code        own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
PUT   /people/{id}/activation-code        absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
GET   /people/{id}/status-code            own    | 401  200 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /people/{id}/status-code            absent | 401  404 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
PUT   /people/{id}/status-code            own    | 401  200 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
PUT   /people/{id}/status-code            absent | 401  404 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
POST  /people/{id}/status-code/revoke     own    | 401  204 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
POST  /people/{id}/status-code/revoke     absent | 401  404 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
POST  /people/{id}/criteria               own    | 401  403 403  403 403  403 403  403  403 403 201 403  201  201 404  403  401
POST  /people/{id}/criteria               absent | 401  403 403  403 403  403 403  403  403 403 404 403  404  404 404  403  401
POST  /people/{id}/verifications          own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /people/{id}/verifications          absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401
GET   /people/{id}/change-requests        own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  200 404  403  401
GET   /people/{id}/change-requests        absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401
POST  /people/{id}/change-requests        own    | 401  201 404  201 404  403 403  201  201 201 201 201  201  201 404  403  401
PUT   /people/{id}/accompaniment          own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  403 403  403  401
PUT   /people/{id}/accompaniment          absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /people/{id}/change-requests        absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401
POST  /people/{id}/erasure                own    | 401  200 404  403 403  403 403  403  403 200 403 403  200  403 403  403  401
POST  /people/{id}/erasure                absent | 401  404 404  403 403  403 403  403  403 404 403 403  404  403 403  403  401
GET   /people/{id}/applications           own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  200 404  403  401
GET   /people/{id}/applications           absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401

GET   /nominations                        -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  200 200  403  401
POST  /nominations                        -      | 401  403 403  403 403  403 403  403  403 403 403 403  403  202 202  403  401
POST  /nominations/{id}/decision          own    | 401  403 403  403 403  403 403  403  403 403 200 403  200  403 403  403  401
POST  /nominations/{id}/decision          absent | 401  403 403  403 403  403 403  403  403 403 404 403  404  403 403  403  401

POST  /me/people                          -      | 401  200 200  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /change-requests                    -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /change-requests/{id}/decision      own    | 401  403 403  403 403  403 403  403  200 403 403 403  200  403 403  403  401
POST  /change-requests/{id}/decision      absent | 401  403 403  403 403  403 403  403  404 403 403 403  404  403 403  403  401

GET   /me/people                          -      | 401  200 200  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /me/applications                    -      | 401  200 200  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /me/complaints                      -      | 401  200 200  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /me/next-steps                      -      | 401  200 200  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /me/export                          own    | 401  200 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401
GET   /me/export                          absent | 401  404 404  403 403  403 403  403  403 403 403 403  403  403 403  403  401

GET   /applications                       -      | 401  200 200  200 200  200 200  200  200 200 200 200  200  200 200  403  401
POST  /applications                       own    | 401  201 404  201 404  403 403  201  201 201 201 201  201  403 403  403  401
POST  /applications                       absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  403 403  403  401
GET   /applications/{id}                  own    | 401  200 404  200 404  200 404  200  200 200 200 200  200  200 404  403  401
GET   /applications/{id}                  absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  404 404  403  401
GET   /applications/{id}/events           own    | 401  200 404  200 404  200 404  200  200 200 200 200  200  200 404  403  401
GET   /applications/{id}/events           absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  404 404  403  401
GET   /applications/{id}/explanation      own    | 401  200 404  200 404  200 404  200  200 200 200 200  200  200 404  403  401
GET   /applications/{id}/explanation      absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  404 404  403  401
GET   /applications/{id}/letter           own    | 401  200 404  200 404  200 404  200  200 200 200 200  200  200 404  403  401
GET   /applications/{id}/letter           absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  404 404  403  401
POST  /applications/{id}/confirm          own    | 401  404 404  403 404  404 404  403  403 200 403 403  200  403 403  403  401
POST  /applications/{id}/confirm          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/consent          own    | 401  200 404  200 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/consent          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/apply            own    | 401  404 404  200 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/apply            absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/dismiss          own    | 401  404 404  403 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/dismiss          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/decline          own    | 401  200 404  200 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/decline          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/invite           own    | 401  403 404  403 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/invite           absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/offer            own    | 401  403 404  403 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/offer            absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/hire             own    | 401  403 404  403 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/hire             absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/refuse           own    | 401  403 404  403 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/refuse           absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/start            own    | 401  403 404  200 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/start            absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/no-show          own    | 401  403 404  403 404  200 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/no-show          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/withdraw         own    | 401  200 404  200 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/withdraw         absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/end              own    | 401  403 404  200 404  403 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/end              absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/extend           own    | 401  403 404  403 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/extend           absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/undo             own    | 401  403 404  403 404  404 404  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/undo             absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/correct          own    | 401  403 404  403 404  404 404  403  403 403 403 403  200  403 403  403  401
POST  /applications/{id}/correct          absent | 401  404 404  404 404  404 404  404  404 404 404 404  404  403 403  403  401
GET   /applications/{id}/contact-attempts own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
GET   /applications/{id}/contact-attempts absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/contact-attempts own    | 401  403 403  201 404  403 403  201  201 201 201 201  201  403 403  403  401
POST  /applications/{id}/contact-attempts absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
GET   /applications/{id}/follow-ups       own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
GET   /applications/{id}/follow-ups       absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /applications/{id}/follow-ups       own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
POST  /applications/{id}/follow-ups       absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401

POST  /applications/{id}/notes            own    | 401  201 404  201 404  403 403  201  201 201 201 201  201  403 403  403  401
POST  /applications/{id}/notes            absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  403 403  403  401
GET   /application-notes                  -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401

GET   /next-steps                         -      | 401  403 403  200 200  403 403  200  200 200 200 200  200  200 200  403  401
POST  /next-steps                         own    | 401  403 403  403 403  403 403  201  201 201 201 201  201  403 403  403  401
POST  /next-steps                         absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
POST  /next-steps/{id}/outcome            own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  200 404  403  401
POST  /next-steps/{id}/outcome            absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  404 404  403  401
POST  /next-steps/{id}/assign             own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /next-steps/{id}/assign             absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

POST  /check/application                  -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200
POST  /check/letter                       -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200

GET   /complaints                         -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /complaints                         -      | 201  201 201  201 201  201 201  201  201 201 201 201  201  201 201  201  401
GET   /complaints/status                  -      | 200  200 200  200 200  200 200  200  200 200 200 200  200  200 200  200  200
POST  /complaints/{id}/take               own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /complaints/{id}/take               absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
POST  /complaints/{id}/close              own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /complaints/{id}/close              absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /interests                          -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /interests/{id}/outcome             own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /interests/{id}/outcome             absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /messages                           -      | 401  403 403  200 200  403 403  200  200 200 200 200  200  403 403  403  401
POST  /messages/{id}/open                 own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
POST  /messages/{id}/open                 absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /messages/{id}/told                 own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
POST  /messages/{id}/told                 absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /messages/{id}/reply                own    | 401  403 403  200 404  403 403  200  200 200 200 200  200  403 403  403  401
POST  /messages/{id}/reply                absent | 401  403 403  404 404  403 403  404  404 404 404 404  404  403 403  403  401
POST  /messages/{id}/again                own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /messages/{id}/again                absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /gaps/classes                       -      | 401  403 403  403 403  403 403  403  403 403 403 200  200  403 403  403  401
GET   /people/{id}/gap                    own    | 401  200 404  200 404  403 403  200  200 200 200 200  200  200 404  403  401
GET   /people/{id}/gap                    absent | 401  404 404  404 404  403 403  404  404 404 404 404  404  404 404  403  401
GET   /vacancies/{id}/gap                 own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /vacancies/{id}/gap                 absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /policies                           -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /policies                           -      | 401  403 403  403 403  403 403  403  403 403 403 403  201  403 403  403  401
GET   /policies/compare                   own    | 401  403 403  403 403  403 403  403  403 403 403 403  200  403 403  403  401
GET   /policies/compare                   absent | 401  403 403  403 403  403 403  403  403 403 403 403  400  403 403  403  401
GET   /policies/{id}                      own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /policies/{id}                      absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401

GET   /runs                               -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
POST  /runs                               -      | 401  403 403  403 403  403 403  403  403 202 403 403  202  403 403  403  401
GET   /runs/{id}                          own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /runs/{id}                          absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
GET   /runs/{id}/proposals                own    | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
GET   /runs/{id}/proposals                absent | 401  403 403  403 403  403 403  404  404 404 404 404  404  403 403  403  401
GET   /runs/{id}/fairness                 own    | 401  403 403  403 403  403 403  403  403 403 403 200  200  403 403  403  401
GET   /runs/{id}/fairness                 absent | 401  403 403  403 403  403 403  403  403 403 403 404  404  403 403  403  401
GET   /runs/{id}/replay                   own    | 401  403 403  403 403  403 403  403  403 403 403 200  200  403 403  403  401
GET   /runs/{id}/replay                   absent | 401  403 403  403 403  403 403  403  403 403 403 404  404  403 403  403  401
POST  /runs/{id}/publish                  own    | 401  403 403  403 403  403 403  403  403 200 403 403  200  403 403  403  401
POST  /runs/{id}/publish                  absent | 401  403 403  403 403  403 403  403  403 404 403 403  404  403 403  403  401
POST  /runs/{id}/cancel                   own    | 401  403 403  403 403  403 403  403  403 200 403 403  200  403 403  403  401
POST  /runs/{id}/cancel                   absent | 401  403 403  403 403  403 403  403  403 404 403 403  404  403 403  403  401

GET   /holidays                           -      | 401  403 403  200 200  200 200  200  200 200 200 200  200  200 200  403  401
PUT   /holidays/{day}                     own    | 401  403 403  403 403  403 403  403  403 403 403 403  200  403 403  403  401
PUT   /holidays/{day}                     absent | 401  403 403  403 403  403 403  403  403 403 403 403  200  403 403  403  401
POST  /holidays/{day}/removal             own    | 401  403 403  403 403  403 403  403  403 403 403 403  200  403 403  403  401
POST  /holidays/{day}/removal             absent | 401  403 403  403 403  403 403  403  403 403 403 403  404  403 403  403  401
POST  /holidays/{day}/move                own    | 401  403 403  403 403  403 403  403  403 403 403 403  200  403 403  403  401
POST  /holidays/{day}/move                absent | 401  403 403  403 403  403 403  403  403 403 403 403  404  403 403  403  401

GET   /jobs                               -      | 401  403 403  403 403  403 403  200  200 200 200 200  200  403 403  403  401
";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// The route names no object.
    None,
    /// One of our side.
    Own,
    /// One that does not exist.
    Absent,
}

pub struct Row {
    pub method: Method,
    pub path: String,
    pub object: Object,
    statuses: Vec<u16>,
}

fn rows() -> Vec<Row> {
    let lines = MATRIX.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let (head, statuses) = line.split_once('|').unwrap_or_else(|| panic!("no bar: {line}"));
    let words: Vec<&str> = head.split_whitespace().collect();
    let [method, path, object] = words[..] else { panic!("not method, path, object: {line}") };
    let object = match object {
        "-" => Object::None,
        "own" => Object::Own,
        "absent" => Object::Absent,
        other => panic!("{other} is no object: {line}"),
    };
    let statuses: Vec<u16> = statuses.split_whitespace().map(|status| status.parse().unwrap()).collect();
    assert_eq!(statuses.len(), PERSONAS.len(), "{line}");
    Row { method: method.parse().unwrap(), path: path.to_owned(), object, statuses }
}

/// Routes whose object is named in the body or the query.
const NAMED_INSIDE: &[(&str, &str)] = &[
    ("POST", "/vacancies"),
    ("POST", "/applications"),
    ("POST", "/next-steps"),
    ("GET", "/policies/compare"),
    ("GET", "/me/export"),
];

#[test]
fn every_route_has_its_rows_and_every_row_a_route() {
    let document = api::described().1;
    let mut wanted = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix(api::BASE).unwrap();
        for (method, operation) in operations.as_object().unwrap() {
            let method = method.to_uppercase();
            for path in spelled_out(path, operation) {
                let named = path.contains('{') || NAMED_INSIDE.contains(&(method.as_str(), path.as_str()));
                let objects: &[Object] = if named { &[Object::Own, Object::Absent] } else { &[Object::None] };
                wanted.extend(objects.iter().map(|object| (path.clone(), method.clone(), *object)));
            }
        }
    }
    let mut found = BTreeSet::new();
    for row in rows() {
        let key = (row.path, row.method.to_string(), row.object);
        assert!(found.insert(key.clone()), "twice: {key:?}");
    }
    let missing: Vec<_> = wanted.difference(&found).collect();
    let idle: Vec<_> = found.difference(&wanted).collect();
    assert!(missing.is_empty(), "routes without rows: {missing:#?}");
    assert!(idle.is_empty(), "rows without routes: {idle:#?}");
}

/// A path for each word of its closed parameters (`/{action}` becomes `/confirm`, `/dismiss` ..).
fn spelled_out(path: &str, operation: &Value) -> Vec<String> {
    let mut paths = vec![path.to_owned()];
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let Some(words) = parameter["schema"]["enum"].as_array().filter(|_| parameter["in"] == "path") else {
            continue;
        };
        let place = format!("{{{}}}", parameter["name"].as_str().unwrap());
        let filled = paths.iter().flat_map(|path| {
            words.iter().map(|word| path.replace(&place, word.as_str().unwrap())).collect::<Vec<_>>()
        });
        paths = filled.collect();
    }
    paths
}

both_databases!(everybody_gets_what_the_matrix_says, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let world = World::new(&app).await;
    let mut wrong = Vec::new();
    let mut answers = Answers::new();
    for row in rows() {
        let shared = request(&app, &world, &row).await;
        for (column, (persona, status)) in PERSONAS.iter().zip(&row.statuses).enumerate() {
            // What changes something gets an object of its own, so that no cell sees what another one changed.
            let changes = row.method != Method::GET && (200..300).contains(status);
            let own = if changes { Some(request(&app, &world, &row).await) } else { None };
            let ask = own.as_ref().unwrap_or(&shared);
            let answer = send(&world.clients[column], &row.method, ask).await;
            let place = format!("{} {} {:?} by {persona}", row.method, row.path, row.object);
            if answer.status.as_u16() != *status {
                wrong.push(format!(
                    "{place}: {} instead of {status}: {}",
                    answer.status.as_u16(),
                    answer.text
                ));
            }
            let (method, path) = (row.method.as_str(), format!("{}{}", api::BASE, row.path));
            let faults = contract::faults_of(method, &path, answer.status.as_u16(), &answer.text);
            wrong.extend(faults.iter().map(|fault| format!("{place}, {}: {fault}", answer.status.as_u16())));
            answers.insert((row.path.clone(), row.method.to_string(), row.object, column), answer);
        }
    }
    wrong.extend(leaks(&answers));
    wrong.extend(indiscretions(&answers));
    wrong.extend(misnamed(db).await);
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
});

/// Path, method, object, persona.
type Answers = BTreeMap<(String, String, Object, usize), Answer>;

/// Where somebody who cannot read an object could tell it from one that does not exist.
fn leaks(answers: &Answers) -> Vec<String> {
    let mut found = Vec::new();
    for ((path, method, object, column), own) in answers {
        let absent = answers.get(&(path.clone(), method.clone(), Object::Absent, *column));
        let Some(absent) = absent.filter(|_| *object == Object::Own && !own.status.is_success()) else {
            continue;
        };
        let resource: Vec<&str> = path.split('/').take(3).collect();
        let reading = (resource.join("/"), "GET".to_owned(), Object::Own, *column);
        let may_read = answers.get(&reading).is_some_and(|answer| answer.status.is_success());
        let persona = PERSONAS[*column];
        if told(own) != told(absent) && (!may_read || own.status == 404) {
            found.push(format!(
                "{method} {path} by {persona}: foreign and absent differ\n{own:?}\n{absent:?}"
            ));
        }
    }
    found
}

/// Answers that tell a NIK, or welfare and health data to somebody who is to see none.
fn indiscretions(answers: &Answers) -> Vec<String> {
    let nik = regex::Regex::new(r"\b99[0-9]{14}\b").unwrap();
    let told_little = ["nobody", "companion", "companion2", "employer", "employer2"];
    let mut found = Vec::new();
    for ((path, method, _, column), answer) in answers {
        let persona = PERSONAS[*column];
        if nik.is_match(&answer.text) {
            found.push(format!("{method} {path} tells {persona} a NIK: {}", answer.text));
        }
        for word in ["confidential", "nik_last4", "disability", "desil", "priority"] {
            let quoted = format!("\"{word}\"");
            if told_little.contains(&persona) && answer.text.contains(&quoted) {
                found.push(format!("{method} {path} tells {persona} {word}: {}", answer.text));
            }
        }
    }
    found
}

/// Audit rows that do not name who acted by the role of the login. Everybody did everything they may by now: the same
/// supervisor has one name, whether verifying, confirming, registering or publishing.
async fn misnamed(db: &TestDb) -> Vec<String> {
    let text = "select distinct a.action, a.actor, coalesce(c.role, '-') from audit a \
                left join accounts c on c.id = a.account_id order by 1, 2, 3";
    let rows: Vec<(String, String, String)> = match &db.db {
        Db::Sqlite { read, .. } => sqlx::query_as(text).fetch_all(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
    };
    let known = |actor: &str, role: &str| match role {
        // Nobody's login: the service, the terminal, a company that registers.
        "-" => matches!(actor, "system" | "terminal" | "employer"),
        "trainee" => actor == "person",
        other => actor == other,
    };
    let by = |name: &str| rows.iter().filter(|(_, actor, _)| actor == name).count();
    assert!(by("supervisor") > 10 && by("person") > 2 && by("agency") > 1, "{rows:?}");
    let wrong = rows.iter().filter(|(_, actor, role)| !known(actor, role));
    wrong.map(|(action, actor, role)| format!("the audit calls a {role} {actor} at {action}")).collect()
}

/// All that an answer tells, without what differs between any two requests.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, &str) {
    let differing = ["x-request-id", "date"];
    let headers = answer.headers.iter().filter(|(name, _)| !differing.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    (answer.status.as_u16(), headers, &answer.text)
}

async fn send(client: &Client, method: &Method, ask: &Ask) -> Answer {
    let mut request = client.request(method.clone(), &format!("{}{}", api::BASE, ask.path));
    if *method == Method::POST {
        request = request.header("Idempotency-Key", fresh_key());
    }
    if let Some(body) = &ask.body {
        request = request.json(body);
    }
    if let Some(version) = ask.version {
        request = request.header("If-Match", format!("\"{version}\""));
    }
    Answer::of(request).await
}

/// Whose things the lists show: of both sides, one (`ours`, `theirs`), or none.
const LISTS: &str = "
#                          nobody  trainee  trainee2  companion  companion2  employer  employer2  staff  supervisor  agency  agency2
/vacancies      open     | both    both     both      both       both        ours      theirs     both   both        both    both
/vacancies      draft    | none    none     none      none       none        ours      theirs     both   both        none    none
/plans          plan     | -       -        -         -          -           ours      theirs     both   both        -       -
/people         person   | -       ours     theirs    ours       theirs      -         -          both   both        ours    theirs
/me/people      person   | -       ours     theirs    -          -           -         -          -      -           -       -
/applications   referred | -       ours     theirs    ours       theirs      ours      theirs     both   both        ours    theirs
/applications   proposed | -       none     none      ours       theirs      none      none       both   both        ours    theirs
/me/applications referred| -       ours     theirs    -          -           -         -          -      -           -       -
/next-steps     visit    | -       -        -         ours       theirs      -         -          both   both        ours    theirs
/next-steps     desil    | -       -        -         none       none        -         -          both   both        ours    theirs
/me/next-steps  visit    | -       ours     theirs    -          -           -         -          -      -           -       -
/me/next-steps  desil    | -       ours     theirs    -          -           -         -          -      -           -       -
";
const READERS: [&str; 11] = [
    "nobody",
    "trainee",
    "trainee2",
    "companion",
    "companion2",
    "employer",
    "employer2",
    "staff",
    "supervisor",
    "agency",
    "agency2",
];

both_databases!(lists_show_what_is_ones_own, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let world = World::new(&app).await;
    let things = asks::things(&app, &world).await;
    let mut wrong = Vec::new();
    for line in LISTS.lines().filter(|line| line.starts_with('/')) {
        let (head, cells) = line.split_once('|').unwrap();
        let [path, kind] = head.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{line}") };
        let cells: Vec<&str> = cells.split_whitespace().collect();
        assert_eq!(cells.len(), READERS.len(), "{line}");
        for (persona, wanted) in READERS.iter().zip(cells).filter(|(_, wanted)| *wanted != "-") {
            let answer = world.client(persona).get(&format!("{}{path}?limit=200", api::BASE)).await;
            assert!(answer.success()["next"].is_null(), "one page must hold all of it");
            let shown = |side: usize| answer.text.contains(&things[kind][side]);
            let seen = match (shown(0), shown(1)) {
                (true, true) => "both",
                (true, false) => "ours",
                (false, true) => "theirs",
                (false, false) => "none",
            };
            if seen != wanted {
                wrong.push(format!("{path} shows {persona} {kind} of {seen}, not of {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
});
