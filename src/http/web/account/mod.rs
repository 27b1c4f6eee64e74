//! Pages about one's own login: beginning it from paper, logging in, leaving.
pub mod activation;
pub mod enter;
pub mod forgotten;
pub mod new_password;
pub mod own;
